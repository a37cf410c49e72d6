using Wiretrue.Headers;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class IPv4HeaderFieldsTests : HeaderFieldsContract<IPv4HeaderFields>
{
    protected override IPv4HeaderFields Sample(Random random) => new(
        random.Next(5, 16) << 2, random.U8(), random.U16(), random.U16(), random.Bit(), random.Bit(), random.Bits(13) << 3,
        random.U8(), (IPProtocol)random.U8(), random.U16(), random.U32(), random.U32());

    protected override int HeaderLength(IPv4HeaderFields fields) => fields.HeaderLength;
}
