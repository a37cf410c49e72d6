using Wiretrue.Headers;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class GueHeaderFieldsTests : HeaderFieldsContract<GueHeaderFields>
{
    protected override GueHeaderFields Sample(Random random) => random.Bit()
        ? new(random.Bit(), (IPProtocol)random.U8(), true, random.U16(), random.U16())
        : new(random.Bit(), (IPProtocol)random.U8(), false, 0, 0);
}
