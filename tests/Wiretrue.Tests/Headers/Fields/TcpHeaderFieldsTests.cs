using Wiretrue.Headers;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class TcpHeaderFieldsTests : HeaderFieldsContract<TcpHeaderFields>
{
    protected override TcpHeaderFields Sample(Random random) => new(
        random.U16(), random.U16(), random.U32(), random.U32(), random.Next(5, 16) << 2, (TcpFlags)random.Bits(9), random.U16(), random.U16(), random.U16());

    protected override int HeaderLength(TcpHeaderFields fields) => fields.HeaderLength;
}
