using Wiretrue.Headers;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class IPv6OptionsHeaderFieldsTests : HeaderFieldsContract<IPv6OptionsHeaderFields>
{
    protected override IPv6OptionsHeaderFields Sample(Random random) => new((IPProtocol)random.U8(), random.Next(1, 257) << 3);

    protected override int HeaderLength(IPv6OptionsHeaderFields fields) => fields.HeaderLength;
}
