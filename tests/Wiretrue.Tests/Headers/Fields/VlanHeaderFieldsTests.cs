using Wiretrue.Headers;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class VlanHeaderFieldsTests : HeaderFieldsContract<VlanHeaderFields>
{
    protected override VlanHeaderFields Sample(Random random) => new((byte)random.Bits(3), random.Bit(), (ushort)random.Bits(12), (EtherType)random.U16());
}
