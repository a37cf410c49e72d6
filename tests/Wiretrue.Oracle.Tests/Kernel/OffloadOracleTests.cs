using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>
/// The running kernel and the transmit path hand the same seeded random packets to a TAP, whose reader takes some work undone: as many
/// frames, the same bytes, and the same still owed.
/// </summary>
public sealed class OffloadOracleTests(ITestOutputHelper output)
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("WIRETRUE_LONG") is { Length: > 0 } ? 1_200_000 : 120_000;

    [RootTapFact]
    public void A_device_is_given_what_the_kernel_gives_it_whatever_it_takes_undone()
    {
        int rounds = (Rounds / TapModel.Accepted.Length) + 1;
        foreach (TapOffloads offloads in TapModel.Accepted)
        {
            using var pair = TapPair.Create("tun", (uint)offloads);
            using var transmit = new TapTransmit(offloads);
            var comparison = new TapComparison(pair, transmit, $"offloads 0x{(uint)offloads:X3}");
            var source = new DeviceFrameSource(seed: 100 + (int)offloads);
            for (int i = 0; i < rounds; i++)
                comparison.Same(source.Next());
            output.WriteLine(comparison.ToString());
        }
    }
}
