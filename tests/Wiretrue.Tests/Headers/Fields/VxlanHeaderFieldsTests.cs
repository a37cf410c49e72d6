using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class VxlanHeaderFieldsTests : HeaderFieldsContract<VxlanHeaderFields>
{
    protected override VxlanHeaderFields Sample(Random random) => new(random.Bits(24));
}
