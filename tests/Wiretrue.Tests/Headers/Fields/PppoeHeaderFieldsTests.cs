using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class PppoeHeaderFieldsTests : HeaderFieldsContract<PppoeHeaderFields>
{
    protected override PppoeHeaderFields Sample(Random random) => new(random.U16(), random.U16(), random.U16());
}
