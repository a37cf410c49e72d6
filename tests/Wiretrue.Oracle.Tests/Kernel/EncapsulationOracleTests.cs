using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>
/// As <see cref="SegmentationOracleTests"/>, for tunnels that no virtio-net header can speak of: the kernel is given a plain super-frame, and a
/// program in it puts the tunnel's headers before it; we are given it with the headers.
/// </summary>
public sealed class EncapsulationOracleTests(ITestOutputHelper output)
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("WIRETRUE_LONG") is { Length: > 0 } ? 200_000 : 20_000;

    [RootTapFact(Bpf = true)]
    public void Super_frames_in_ip_gre_and_udp_are_cut_as_the_kernel_cuts_them()
    {
        using var route = EncapsulationRoute.Create("encap");
        using var wire = new Wire();
        var source = new SuperFrameSource(seed: 6);
        long frames = 0;
        for (int i = 0; i < Rounds; i++)
        {
            (SuperFrame sent, Encapsulation encapsulation) = source.NextToWrap();
            List<byte[]>? kernel = route.Cut(encapsulation, sent.Header, sent.Frame);
            byte[] wrapped = encapsulation.Wrap(sent.Frame);
            List<byte[]>? ours = wire.Cut(StateOf(sent, encapsulation), wrapped, out DropReason reason);
            string description = $"round {i}, reason {reason}: {encapsulation.Kind} {Convert.ToHexString(encapsulation.Headers)} around {sent.Description}, {sent.Header}";
            Assert.True(kernel is { Count: > 0 }, description);
            Wire.CompleteAsLinux(sent.Header.ChecksumOffset, sent.Header.ChecksumStart + encapsulation.Headers.Length, ours);
            FrameComparison.Same(kernel, ours, description);
            frames += kernel.Count;
        }
        output.WriteLine($"{Rounds} sent, {frames} frames came out, 0 differences");
    }

    private static OffloadState StateOf(SuperFrame sent, in Encapsulation encapsulation)
    {
        OffloadState state = Wire.StateOf(sent.Header, sent.Frame.Length);
        GsoType tunnel = encapsulation.Kind switch
        {
            EncapsulationKind.Gre => GsoType.Gre,
            EncapsulationKind.Udp => GsoType.UdpTunnel,
            _ => encapsulation.EtherType == 0x0800 ? GsoType.IPXIP4 : GsoType.IPXIP6,
        };
        return state with { GsoType = state.GsoType | tunnel, ChecksumStart = state.ChecksumStart + encapsulation.Headers.Length };
    }
}
