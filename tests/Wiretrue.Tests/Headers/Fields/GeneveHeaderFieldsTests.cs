using Wiretrue.Headers;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class GeneveHeaderFieldsTests : HeaderFieldsContract<GeneveHeaderFields>
{
    protected override GeneveHeaderFields Sample(Random random) => new(random.Next(2, 66) << 2, random.Bit(), random.Bit(), (EtherType)random.U16(), random.Bits(24));

    protected override int HeaderLength(GeneveHeaderFields fields) => fields.HeaderLength;
}
