using Wiretrue.Devices;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>The running kernel and the transmit path cut the same seeded random super-frames, and the frames are the same to the byte.</summary>
public sealed class SegmentationOracleTests(ITestOutputHelper output)
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("WIRETRUE_LONG") is { Length: > 0 } ? 200_000 : 20_000;

    [RootTapFact]
    public void Tcp_and_udp_super_frames_are_cut_as_the_kernel_cuts_them() =>
        Compare("gso", Rounds, seed: 1, source => source.Next(inTunnel: false));

    [RootTapFact]
    public void Super_frames_in_vxlan_and_geneve_are_cut_as_the_kernel_cuts_them() =>
        Compare("tunnel", Rounds / 4, seed: 2, source => source.Next(inTunnel: true));

    [RootTapFact]
    public void Big_tcp_super_frames_are_cut_as_the_kernel_cuts_them() =>
        Compare("big", Rounds / 20, seed: 7, source => source.NextBig());

    [RootTapFact]
    public void Half_made_checksums_are_completed_as_the_kernel_completes_them() =>
        Compare("partial", Rounds / 2, seed: 3, source => source.NextPartial());

    private void Compare(string name, int rounds, int seed, Func<SuperFrameSource, SuperFrame> next)
    {
        using var pair = TapPair.Create(name);
        using var wire = new Wire();
        var source = new SuperFrameSource(seed);
        long frames = 0;
        for (int i = 0; i < rounds; i++)
        {
            SuperFrame sent = next(source);
            List<byte[]>? kernel = pair.Cut(sent.Header, sent.Frame);
            List<byte[]>? ours = wire.Cut(sent.Header, sent.Frame, out DropReason reason);
            Wire.CompleteAsLinux(sent.Header.ChecksumOffset, sent.Header.ChecksumStart, ours);
            FrameComparison.Same(kernel, ours, $"round {i}, reason {reason}: {sent.Description}, {sent.Header}");
            frames += kernel?.Count ?? 0;
        }
        output.WriteLine($"{rounds} sent, {frames} frames came out, 0 differences");
    }
}
