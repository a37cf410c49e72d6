using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class NshHeaderFieldsTests : HeaderFieldsContract<NshHeaderFields>
{
    protected override NshHeaderFields Sample(Random random)
    {
        bool isFixed = random.Bit();
        return new(
            isFixed ? 24 : random.Next(2, 64) << 2, random.Bit(), (byte)random.Bits(6), isFixed ? (byte)1 : (byte)2, random.U8(), random.Bits(24),
            random.U8());
    }

    protected override int HeaderLength(NshHeaderFields fields) => fields.HeaderLength;
}
