using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>Says in the library's words what a plain super-frame is owed.</summary>
public static class PlainFrameOffload
{
    /// <summary>The ports of FOU: what a walk has to be told to look inside.</summary>
    public static TunnelPorts Ports { get; } =
        TunnelPorts.Assigned.With(5504, LayerKind.IPv4).With(5541, LayerKind.IPv6).With(5547, LayerKind.Gre);

    /// <summary>
    /// The state of a super-frame that is to be cut into segments of <paramref name="size"/> bytes of payload; one of SCTP is cut where its
    /// fragment list says.
    /// </summary>
    public static OffloadState Offload(this PlainFrame frame, int size) => new()
    {
        Checksum = ChecksumState.Partial,
        ChecksumIsCrc32C = frame.Transport is PlainSctp,
        ChecksumStart = frame.TransportOffset,
        ChecksumOffset = frame.Transport switch { PlainTcp => 16, PlainSctp => 8, _ => 6 },
        GsoType = Transport(frame) | Tunnels(frame),
        GsoSize = frame.Transport is PlainSctp ? OffloadState.GsoByFragmentList : size,
        EspNextHeader = (IPProtocol)(frame.Headers.SkipWhile(header => header is not PlainEsp).Skip(1).FirstOrDefault()?.Protocol ?? 0),
    };

    /// <summary>The state of a datagram that is to be divided into IP fragments of <paramref name="size"/> bytes.</summary>
    public static OffloadState Fragmentation(this PlainFrame frame, int size)
    {
        OffloadState state = frame.Offload(size);
        return state with { GsoType = (state.GsoType & ~GsoType.UdpL4) | GsoType.UdpFragmentation };
    }

    private static GsoType Transport(PlainFrame frame)
    {
        if (frame.Transport is not PlainTcp tcp)
            return frame.Transport is PlainSctp ? GsoType.Sctp : GsoType.UdpL4;
        PlainIP[] networks = [.. frame.Headers.OfType<PlainIP>()];
        GsoType type = networks[^1].Fields is IPv4Fields ? GsoType.TcpV4 : GsoType.TcpV6;
        if (tcp.HasAccurateEcn)
            type |= GsoType.TcpAccurateEcn;
        else if ((tcp.Fields.Flags & TcpFields.Cwr) != 0)
            type |= GsoType.TcpEcn;
        if (networks.Skip(1).Any(network => network.HasFixedId))
            type |= GsoType.TcpFixedIdInner;
        return networks[0].HasFixedId ? type | GsoType.TcpFixedId : type;
    }

    private static GsoType Tunnels(PlainFrame frame)
    {
        GsoType type = frame.HasRemoteChecksum ? GsoType.TunnelRemoteChecksum : GsoType.None;
        for (int i = 1; i < frame.Headers.Count; i++)
        {
            type |= frame.Headers[i] switch
            {
                PlainUdp udp when i + 1 < frame.Headers.Count => udp.HasChecksum ? GsoType.UdpTunnelChecksum : GsoType.UdpTunnel,
                PlainGre gre => gre.HasChecksum ? GsoType.GreChecksum : GsoType.Gre,
                PlainEsp => GsoType.Esp,
                PlainIP when frame.Headers[i - 1] is PlainIP outer => outer.Fields is IPv4Fields ? GsoType.IPXIP4 : GsoType.IPXIP6,
                _ => GsoType.None,
            };
        }
        return type;
    }
}
