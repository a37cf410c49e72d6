using Wiretrue.Headers;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class SnapHeaderFieldsTests : HeaderFieldsContract<SnapHeaderFields>
{
    protected override SnapHeaderFields Sample(Random random) => new(random.Bits(24), (EtherType)random.U16());
}
