using Wiretrue.Headers;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class EthernetHeaderFieldsTests : HeaderFieldsContract<EthernetHeaderFields>
{
    protected override EthernetHeaderFields Sample(Random random) => new(random.U48(), random.U48(), (EtherType)random.U16());
}
