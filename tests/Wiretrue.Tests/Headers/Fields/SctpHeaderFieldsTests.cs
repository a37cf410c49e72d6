using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class SctpHeaderFieldsTests : HeaderFieldsContract<SctpHeaderFields>
{
    protected override SctpHeaderFields Sample(Random random) => new(random.U16(), random.U16(), random.U32(), random.U32());
}
