using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Testing;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>The running kernel and the transmit path cut the same seeded random super-frames, and the frames are the same to the byte.</summary>
public sealed class SegmentationOracleTests(ITestOutputHelper output)
{
    [RootTapFact]
    public void Tcp_and_udp_super_frames_are_cut_as_the_kernel_cuts_them() =>
        Compare("gso", 35_000, seed: 1, source => source.Next(inTunnel: false));

    [RootTapFact]
    public void Super_frames_in_vxlan_and_geneve_are_cut_as_the_kernel_cuts_them() =>
        Compare("tunnel", 15_000, seed: 2, source => source.Next(inTunnel: true));

    [RootTapFact]
    public void Big_tcp_super_frames_are_cut_as_the_kernel_cuts_them() =>
        Compare("big", 1_000, seed: 7, source => source.NextBig());

    [RootTapFact]
    public void Half_made_checksums_are_completed_as_the_kernel_completes_them() =>
        Compare("partial", 10_000, seed: 3, source => source.NextPartial());

    private void Compare(string name, int rounds, int seed, Func<SuperFrameSource, SuperFrame> next)
    {
        using var pair = TapPair.Create(name);
        using var wire = new Wire();
        var source = new SuperFrameSource(seed);
        var random = new Random(seed);
        var comparison = new KernelComparison(name);
        for (int i = 0; i < LongRun.Times(rounds); i++)
        {
            SuperFrame sent = next(source);
            List<byte[]> frames = Compare(pair, wire, sent, comparison);
            if (random.Next(10) != 0)
                continue;
            int index = random.Next(frames.Count);
            if (ZeroChecksum.Forge(sent, frames, index) is not { } forged)
                continue;
            byte[] frame = Compare(pair, wire, forged, comparison)[index];
            Assert.True(BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(sent.Header.ChecksumStart + sent.Header.ChecksumOffset)) is 0 or 0xFFFF);
        }
        comparison.Report(output);
    }

    private static List<byte[]> Compare(TapPair pair, Wire wire, SuperFrame sent, KernelComparison comparison)
    {
        List<byte[]>? kernel = pair.Cut(sent.Header, sent.Frame);
        List<byte[]>? ours = wire.Cut(sent.Header, sent.Frame, out DropReason reason);
        comparison.Same(kernel, ours, reason, sent.ToString);
        return kernel!;
    }
}
