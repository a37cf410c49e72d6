using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>
/// As <see cref="SegmentationOracleTests"/>, for tunnels that no virtio-net header can speak of: the kernel is given a plain super-frame, and
/// wraps it; we are given it wrapped.
/// </summary>
public sealed class EncapsulationOracleTests(ITestOutputHelper output)
{
    [RootTapFact(Bpf = true)]
    public void Super_frames_in_ip_gre_and_udp_are_cut_as_the_kernel_cuts_them()
    {
        using var route = EncapsulationRoute.Create("encap");
        using var wire = new Wire();
        var source = new SuperFrameSource(seed: 6);
        var comparison = new KernelComparison("encapsulation");
        for (int i = 0; i < LongRun.Times(25_000); i++)
        {
            // What stays in the bytes of a second tag is no IP packet to the kernel, and it wraps nothing else.
            SuperFrame sent = source.NextToWrap(mostTags: 1, EncapsulationRoute.LongestSingleFrame);
            Encapsulation tunnel = source.NextEncapsulation(sent);
            List<byte[]>? kernel = route.Cut(tunnel, sent.Header, sent.Frame);

            OffloadState state = Wire.StateIn(sent, TypeOf(tunnel), tunnel.Headers.Length);
            List<byte[]>? ours = wire.Cut(state, tunnel.Wrap(sent.Frame), out DropReason reason);
            comparison.Same(kernel, ours, reason, () => $"{tunnel.Kind} {Convert.ToHexString(tunnel.Headers)} around {sent}");
        }
        comparison.Report(output);
    }

    [RootTapFact(Bpf = true)]
    public void Super_frames_in_gre_and_udp_with_checksums_are_cut_as_the_kernel_cuts_them()
    {
        using var route = ProgrammedRoute.Create();
        using var wire = new Wire();
        var source = new SuperFrameSource(seed: 9);
        var comparison = new KernelComparison("GRE and UDP with checksums");
        for (int i = 0; i < LongRun.Times(6_000); i++)
        {
            SuperFrame sent = source.NextToRoute();
            Encapsulation tunnel = source.NextWithChecksum(sent);
            List<byte[]>? kernel = route.Cut(tunnel.Headers, sent.Header, sent.Frame);

            GsoType type = tunnel.Kind == EncapsulationKind.Gre ? GsoType.GreChecksum : GsoType.UdpTunnelChecksum;
            OffloadState state = Wire.StateIn(sent, type, tunnel.Headers.Length);
            // The kernel takes the headers off a segment's size, so that it still fits where it did before.
            state = state with { GsoSize = state.GsoSize - tunnel.Headers.Length };
            byte[] wrapped = ProgrammedRoute.Forwarded(tunnel, sent.Frame, kernel?.FirstOrDefault());
            List<byte[]>? ours = wire.Cut(state, wrapped, out DropReason reason);
            comparison.Same(kernel, ours, reason, () => $"{Convert.ToHexString(tunnel.Headers)} before {sent}");
        }
        comparison.Report(output);
    }

    [RootTapFact]
    public void What_a_vxlan_device_sends_is_cut_as_the_kernel_cuts_it()
    {
        foreach ((bool isIPv6, bool checksum) in ((bool, bool)[])[(false, false), (false, true), (true, false), (true, true)])
            CompareVxlan(isIPv6, checksum);
    }

    private void CompareVxlan(bool isIPv6, bool checksum)
    {
        using var route = VxlanRoute.Create(isIPv6, checksum);
        using var wire = new Wire();
        var source = new SuperFrameSource(seed: 80 + (isIPv6 ? 2 : 0) + (checksum ? 1 : 0));
        var comparison = new KernelComparison($"VXLAN over {(isIPv6 ? "IPv6" : "IPv4")} {(checksum ? "with" : "without")} checksum");
        for (int i = 0; i < LongRun.Times(3_000); i++)
        {
            // Below two tags the device takes no super-frame, so what it is given has been cut before.
            SuperFrame sent = source.NextToWrap(mostTags: 1, VxlanRoute.LongestSingleFrame);
            List<byte[]>? kernel = route.Cut(sent.Header, sent.Frame);

            OffloadState state = Wire.StateIn(sent, checksum ? GsoType.UdpTunnelChecksum : GsoType.UdpTunnel, route.HeaderLength);
            List<byte[]>? ours = wire.Cut(state, route.Wrap(sent.Header, sent.Frame, kernel?.FirstOrDefault()), out DropReason reason);
            comparison.Same(kernel, ours, reason, sent.ToString);
        }
        comparison.Report(output);
    }

    [RootTapFact]
    public void What_a_vxlan_device_leaves_to_a_remote_checksum_is_cut_as_the_kernel_cuts_it()
    {
        foreach (bool checksum in (bool[])[true, false])
        {
            using var route = VxlanRoute.Create(isIPv6: false, checksum, isRemote: true);
            using var wire = new Wire();
            var source = new SuperFrameSource(seed: 90 + (checksum ? 1 : 0));
            var comparison = new KernelComparison($"VXLAN with remote checksum, {(checksum ? "with" : "without")} one of its own");
            for (int i = 0; i < LongRun.Times(3_000); i++)
            {
                SuperFrame sent = source.NextToWrap(mostTags: 0, VxlanRoute.LongestSingleFrame);
                List<byte[]>? kernel = route.Cut(sent.Header, sent.Frame);
                byte[] wrapped = route.Wrap(sent.Header, sent.Frame, kernel?.FirstOrDefault());
                List<byte[]>? ours = wire.Cut(RemoteStateOf(sent, route, checksum), wrapped, out DropReason reason);
                comparison.Same(kernel, ours, reason, sent.ToString);
            }
            comparison.Report(output);
        }
    }

    private static OffloadState RemoteStateOf(SuperFrame sent, VxlanRoute route, bool checksum)
    {
        OffloadState state = Wire.StateIn(sent, checksum ? GsoType.UdpTunnelChecksum : GsoType.UdpTunnel, route.HeaderLength);
        if (state.IsGso)
            return state with { GsoType = state.GsoType | GsoType.TunnelRemoteChecksum };
        // What is one frame owes its outer checksum alone: the inner one is the receiver's business.
        return checksum
            ? new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = route.UdpOffset, ChecksumOffset = 6 }
            : default;
    }

    private static GsoType TypeOf(in Encapsulation tunnel) => tunnel.Kind switch
    {
        EncapsulationKind.Gre => GsoType.Gre,
        EncapsulationKind.Udp => GsoType.UdpTunnel,
        _ => tunnel.EtherType == 0x0800 ? GsoType.IPXIP4 : GsoType.IPXIP6,
    };
}
