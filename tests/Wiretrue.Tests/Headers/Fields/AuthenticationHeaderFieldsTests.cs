using Wiretrue.Headers;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class AuthenticationHeaderFieldsTests : HeaderFieldsContract<AuthenticationHeaderFields>
{
    protected override AuthenticationHeaderFields Sample(Random random) => new((IPProtocol)random.U8(), random.Next(3, 258) << 2, random.U32(), random.U32());

    protected override int HeaderLength(AuthenticationHeaderFields fields) => fields.HeaderLength;
}
