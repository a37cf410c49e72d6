using Wiretrue.Headers;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class IPv6FragmentHeaderFieldsTests : HeaderFieldsContract<IPv6FragmentHeaderFields>
{
    protected override IPv6FragmentHeaderFields Sample(Random random) => new((IPProtocol)random.U8(), random.Bits(13) << 3, random.Bit(), random.U32());
}
