using Wiretrue.Headers;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tests.Headers.Fields;

public class IPv6RoutingHeaderFieldsTests : HeaderFieldsContract<IPv6RoutingHeaderFields>
{
    protected override IPv6RoutingHeaderFields Sample(Random random) => new((IPProtocol)random.U8(), random.Next(1, 257) << 3, random.U8(), random.U8());

    protected override int HeaderLength(IPv6RoutingHeaderFields fields) => fields.HeaderLength;
}
