using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Packets;
using Wiretrue.Testing;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Wiretrue.Tunnels;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Tunnels;

/// <summary>
/// Tunnels for which the kernel has no device: it is given the headers that we put before a packet, puts them there itself, and cuts what it
/// has then. So what we say of a super-frame in a tunnel is what the kernel knows of it.
/// </summary>
public sealed class OtherTunnelOracleTests(ITestOutputHelper output)
{
    [RootTapFact(Bpf = true)]
    public void Super_frames_that_we_put_into_ip_gre_and_udp_are_what_the_kernel_makes_them()
    {
        using var route = EncapsulationRoute.Create("other");
        using var wire = new Wire();
        var frames = new SuperFrameSource(seed: 700);
        var tunnels = new OtherTunnelSource(seed: 700);
        var comparison = new KernelComparison("other tunnels");
        for (int i = 0; i < LongRun.Times(8_000); i++)
        {
            SuperFrame sent = frames.NextToWrap(mostTags: 0, EncapsulationRoute.LongestSingleFrame);
            Tunnel tunnel = tunnels.Next(isIPv4: sent.Frame[14] >> 4 == 4);
            byte[] packet = sent.Frame[EthernetHeader.Size..];
            byte[] headers = HeadersOf(tunnel, packet, sent, i, out ushort etherType);
            EncapsulationKind kind = tunnel switch
            {
                GreTunnel => EncapsulationKind.Gre,
                UdpTunnel => EncapsulationKind.Udp,
                _ => EncapsulationKind.IP,
            };
            List<byte[]>? kernel = route.Cut(new Encapsulation(etherType, headers, kind), sent.Header, sent.Frame);
            List<byte[]>? ours = wire.Cut(pool => Wrap(pool, tunnel, packet, sent, i, 0), out DropReason reason);
            comparison.Same(kernel, ours, reason, () => $"{tunnel}: {Convert.ToHexString(headers)} before {sent}");
        }
        comparison.Report(output);
    }

    [RootTapFact(Bpf = true)]
    public void Super_frames_that_we_put_into_gre_and_udp_with_checksums_are_what_the_kernel_makes_them()
    {
        using var route = ProgrammedRoute.Create();
        using var wire = new Wire();
        var frames = new SuperFrameSource(seed: 701);
        var tunnels = new OtherTunnelSource(seed: 701);
        var comparison = new KernelComparison("other tunnels with checksums");
        for (int i = 0; i < LongRun.Times(4_000); i++)
        {
            SuperFrame sent = frames.NextToRoute();
            Tunnel tunnel = tunnels.NextWithChecksum();
            byte[] packet = Forwarded(sent.Frame);
            byte[] headers = HeadersOf(tunnel, packet, sent, i, out _);
            List<byte[]>? kernel = route.Cut(headers, sent.Header, sent.Frame);
            // The kernel takes the headers off a segment's size, so that it still fits where it did before.
            List<byte[]>? ours = wire.Cut(pool => Wrap(pool, tunnel, packet, sent, i, headers.Length), out DropReason reason);
            // The addresses are those of the kernel's own route.
            foreach (byte[] frame in kernel is { Count: > 0 } ? ours ?? [] : [])
                kernel![0].AsSpan(0, 12).CopyTo(frame);
            comparison.Same(kernel, ours, reason, () => $"{tunnel}: {Convert.ToHexString(headers)} before {sent}");
        }
        comparison.Report(output);
    }

    /// <summary>What stands between the outer Ethernet header and the inner packet.</summary>
    private static byte[] HeadersOf(Tunnel tunnel, byte[] packet, SuperFrame sent, int number, out ushort etherType)
    {
        using var pool = new PacketPool { TrackOwners = false };
        using Packet wrapped = Wrap(pool, tunnel, packet, sent, number, less: 0);
        byte[] bytes = new byte[wrapped.Length];
        wrapped.CopyTo(bytes);
        etherType = (ushort)((bytes[12] << 8) | bytes[13]);
        return bytes[EthernetHeader.Size..^packet.Length];
    }

    private static Packet Wrap(PacketPool pool, Tunnel tunnel, byte[] packet, SuperFrame sent, int number, int less)
    {
        OffloadState state = Wire.StateOf(sent.Header, sent.Frame.Length);
        state = state with { ChecksumStart = state.ChecksumStart - EthernetHeader.Size, GsoSize = state.IsGso ? state.GsoSize - less : 0 };
        Packet wrapped = pool.Rent(packet, state);
        wrapped.LinkType = LinkType.Raw;
        Encapsulator encapsulator = tunnel.CreateEncapsulator();
        encapsulator.NextIdentification = (ushort)number;
        DropReason reason = encapsulator.Encapsulate(wrapped);
        return reason == DropReason.None ? wrapped : throw new InvalidOperationException($"{tunnel}: {reason} of {sent}");
    }

    /// <summary>The packet after a hop; an IPv4 header's checksum is made anew in each segment.</summary>
    private static byte[] Forwarded(byte[] frame)
    {
        byte[] packet = frame[EthernetHeader.Size..];
        packet[packet[0] >> 4 == 4 ? 8 : 7]--;
        return packet;
    }
}
