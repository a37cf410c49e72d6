using Wiretrue.Headers;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class IPv6HeaderFieldsTests : HeaderFieldsContract<IPv6HeaderFields>
{
    protected override IPv6HeaderFields Sample(Random random) => new(
        random.U8(), random.Bits(20), random.U16(), (IPProtocol)random.U8(), random.U8(), random.U128(), random.U128());
}
