using Wiretrue.Devices;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>
/// The running kernel and the transmit path hand the same seeded random packets to a TAP, whose reader takes some work undone: as many
/// frames, the same bytes, and the same still owed.
/// </summary>
public sealed class OffloadOracleTests(ITestOutputHelper output)
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("WIRETRUE_LONG") is { Length: > 0 } ? 240_000 : 20_000;

    // All that the kernel accepts.
    private static readonly uint[] Accepted = [0, 0x01, 0x03, 0x05, 0x07, 0x0F, 0x11, 0x1F, 0x61, 0x6F, 0x7F, 0xEF, 0x1EF];

    [RootTapFact]
    public void A_device_is_given_what_the_kernel_gives_it_whatever_it_takes_undone()
    {
        int rounds = (Rounds / Accepted.Length) + 1;
        foreach (uint offloads in Accepted)
            Compare((TapOffloads)offloads, rounds);
    }

    private void Compare(TapOffloads offloads, int rounds)
    {
        using var pair = TapPair.Create("tun", (uint)offloads);
        using var transmit = new TapTransmit(offloads);
        var source = new SuperFrameSource(seed: 100 + (int)offloads);
        int whole = 0, owed = 0, done = 0;
        for (int i = 0; i < rounds; i++)
        {
            SuperFrame sent = source.NextAny();
            List<TapFrame>? kernel = pair.Pass(sent.Header, sent.Frame);
            List<TapFrame>? ours = transmit.Pass(sent.Header, sent.Frame, out DropReason reason);
            string description = $"offloads 0x{(uint)offloads:X}, round {i}, reason {reason}: {sent.Description}, {sent.Header}";
            if (kernel is null or { Count: 0 })
                throw new XunitException($"the kernel takes all that the source makes, but not this: {description}");
            FrameComparison.Same(kernel, ours, description);
            foreach (TapFrame frame in kernel)
            {
                whole += frame.Header.GsoSize != 0 ? 1 : 0;
                owed += frame.Header is { GsoSize: 0, Flags: VnetHeader.NeedsChecksum } ? 1 : 0;
                done += frame.Header is { GsoSize: 0, Flags: 0 } ? 1 : 0;
            }
        }
        output.WriteLine($"0x{(uint)offloads:X3}: {rounds} sent; {whole} super-frames, {owed} frames with a checksum owed and {done} others came out; 0 differences");
    }
}
