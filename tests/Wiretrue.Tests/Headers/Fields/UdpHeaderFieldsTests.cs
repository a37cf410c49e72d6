using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class UdpHeaderFieldsTests : HeaderFieldsContract<UdpHeaderFields>
{
    protected override UdpHeaderFields Sample(Random random) => new(random.U16(), random.U16(), random.U16(), random.U16());
}
