using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class UdpLiteHeaderFieldsTests : HeaderFieldsContract<UdpLiteHeaderFields>
{
    protected override UdpLiteHeaderFields Sample(Random random) => new(random.U16(), random.U16(), random.U16(), random.U16());
}
