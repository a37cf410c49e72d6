using System.Net;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Oracle.Tests.Guest;

/// <summary>The library's tunnel that is set as a <see cref="GuestTunnel"/> is: it has to make the same frames of the same super-frame.</summary>
internal static class GuestEnd
{
    /// <summary>The first difference between what the guest's driver made and ours, in words; null when there is none, or no such tunnel.</summary>
    /// <param name="wire">Cuts what comes out of ours.</param>
    /// <param name="tunnel">The guest's tunnel.</param>
    /// <param name="index">Its place.</param>
    /// <param name="frame">The super-frame in the tunnel, with what the guest chose.</param>
    /// <param name="size">Payload per segment.</param>
    /// <param name="kernel">What the guest's driver made.</param>
    /// <param name="isCompared">There is such a tunnel.</param>
    public static string? Difference(
        Wire wire, GuestTunnel tunnel, int index, PlainFrame frame, int size, List<byte[]> kernel, out bool isCompared)
    {
        Tunnel? ours = tunnel.Outer == 0 ? null : Of(tunnel, index, frame, kernel[0]);
        isCompared = ours is not null;
        if (ours is null)
            return null;
        int outer = 2 + tunnel.Headers.Count(header => header is not PlainEthernet);
        PlainFrame inner = frame with { Headers = [.. frame.Headers.Skip(outer)] };
        Encapsulator encapsulator = ours.CreateEncapsulator();
        encapsulator.NextIdentification = frame.Headers[1] is PlainIP { Fields: IPv4Fields ip } ? ip.Id : (ushort)0;
        DropReason entering = DropReason.None;
        List<byte[]>? frames = wire.Cut(
            pool =>
            {
                Packet packet = pool.Rent(inner.Build(), inner.Offload(size));
                packet.LinkType = inner.Headers[0] is PlainEthernet ? LinkType.Ethernet : LinkType.Raw;
                entering = encapsulator.Encapsulate(packet);
                return packet;
            },
            out DropReason leaving);
        return FrameComparison.Difference(kernel, frames) is { } difference ? $"our tunnel: {difference} ({entering}, {leaving}; cut by {size}: {frame})" : null;
    }

    private static Tunnel? Of(GuestTunnel tunnel, int index, PlainFrame frame, byte[] first)
    {
        bool isIPv4 = tunnel.Outer == 4;
        IPAddress local = GuestRouter.Begin(isIPv4), remote = GuestRouter.EndOf(index, isIPv4);
        PlainUdp? udp = frame.Headers[2] as PlainUdp;
        Tunnel? ours = tunnel.Headers switch
        {
            [] => new IPTunnel { Local = local, Remote = remote, EncapsulationLimit = null },
            [PlainGre gre, .. PlainHeader[] inside] => new GreTunnel
            {
                Local = local,
                Remote = remote,
                EncapsulationLimit = null,
                IsBridge = inside.Length > 0,
                HasChecksum = gre.HasChecksum,
                Key = gre.Key,
            },
            [PlainUdp, PlainVxlan vxlan, PlainEthernet] => new VxlanTunnel
            {
                Local = local,
                Remote = remote,
                NetworkIdentifier = index + 1,
                RemoteChecksum = new RemoteChecksumOptions { Transmit = vxlan.HasRemoteChecksum },
            },
            [PlainUdp, PlainGeneve, PlainEthernet] => new GeneveTunnel { Local = local, Remote = remote, NetworkIdentifier = index + 1 },
            [PlainUdp] => new FouTunnel(
                DestinationPortAt(first, frame.OffsetOf(2)), frame.Headers[3] is PlainIP { Fields: IPv4Fields } ? IPProtocol.IPv4 : IPProtocol.IPv6)
            {
                Local = local,
                Remote = remote,
            },
            [PlainUdp, PlainGue gue] => new GueTunnel
            {
                Local = local,
                Remote = remote,
                RemoteChecksum = new RemoteChecksumOptions { Transmit = gue.HasRemoteChecksum },
            },
            // GRE in UDP.
            _ => null,
        };
        if (ours is UdpTunnel overUdp)
        {
            ours = overUdp with
            {
                SourcePorts = SourcePortRange.Only(udp!.Fields.SourcePort),
                UdpChecksum = udp.HasChecksum,
                ZeroChecksum6Transmit = !udp.HasChecksum,
            };
        }
        if (ours is null || !EthernetHeaderFields.TryParse(first, out EthernetHeaderFields link))
            return null;
        return ours with
        {
            Link = link,
            // ipip, sit and gre forbid fragments unless they are told not to; VXLAN and Geneve never do (ip_tunnel_newlink, VXLAN_DF_UNSET).
            DontFragment = ours is VxlanTunnel or GeneveTunnel ? DontFragment.Never : DontFragment.Always,
            // Alone among all, GRE over IPv6 shows nothing of the inner congestion notification (ip6gre_xmit_ipv4).
            Ecn = ours is GreTunnel && !isIPv4 ? EcnMode.Compatibility : EcnMode.FullFunctionality,
            FlowLabel = frame.Headers[1] is PlainIP { Fields: IPv6Fields ip } ? ip.FlowLabel : 0,
        };
    }

    private static ushort DestinationPortAt(byte[] first, int udp) => (ushort)((first[udp + 2] << 8) | first[udp + 3]);
}
