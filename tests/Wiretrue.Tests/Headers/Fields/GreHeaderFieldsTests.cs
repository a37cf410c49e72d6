using Wiretrue.Headers;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class GreHeaderFieldsTests : HeaderFieldsContract<GreHeaderFields>
{
    protected override GreHeaderFields Sample(Random random)
    {
        bool hasChecksum = random.Bit(), hasKey = random.Bit(), hasSequence = random.Bit();
        return new GreHeaderFields(
            (EtherType)random.U16(),
            hasChecksum, hasChecksum ? random.U16() : (ushort)0,
            hasKey, hasKey ? random.U32() : 0,
            hasSequence, hasSequence ? random.U32() : 0);
    }
}
