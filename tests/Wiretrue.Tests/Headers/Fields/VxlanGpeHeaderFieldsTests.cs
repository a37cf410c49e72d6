using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class VxlanGpeHeaderFieldsTests : HeaderFieldsContract<VxlanGpeHeaderFields>
{
    protected override VxlanGpeHeaderFields Sample(Random random) => new(random.Bits(24), random.U8());
}
