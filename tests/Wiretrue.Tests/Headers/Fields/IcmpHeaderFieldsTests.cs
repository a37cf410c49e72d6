using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class IcmpHeaderFieldsTests : HeaderFieldsContract<IcmpHeaderFields>
{
    protected override IcmpHeaderFields Sample(Random random) => new(random.U8(), random.U8(), random.U16());
}
