using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class GtpUHeaderFieldsTests : HeaderFieldsContract<GtpUHeaderFields>
{
    protected override GtpUHeaderFields Sample(Random random) => new(random.U16(), random.U32());
}
