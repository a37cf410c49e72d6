using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Oracle.Tests.Kernel;

public sealed class TapOffloadsTests
{
    [RootTapFact]
    public void A_reader_may_ask_for_what_the_kernel_grants_and_no_more()
    {
        using TapDevice tap = TapDevice.Create("offloads", offloads: 0, VnetHeader.Length);
        for (uint value = 0; value < 0x800; value++)
            Assert.True(tap.TrySetOffloads(value) == TapModel.IsPossible((TapOffloads)value), $"0x{value:X}");
    }
}
