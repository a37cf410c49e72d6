using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class MplsHeaderFieldsTests : HeaderFieldsContract<MplsHeaderFields>
{
    protected override MplsHeaderFields Sample(Random random) => new(random.Bits(20), (byte)random.Bits(3), random.Bit(), random.U8());
}
