using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Kernel;
using Wiretrue.Transmit;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>What the library hands to a TAP of the frames that the kernel is given, each with what is still owed to it.</summary>
/// <param name="offloads">What the TAP's reader takes undone.</param>
/// <param name="first">A device that the frames go through before; null for none.</param>
internal sealed class TapTransmit(TapOffloads offloads, NetDevice? first = null) : IDisposable
{
    private const GsoType AnyTunnel = GsoType.UdpTunnel | GsoType.UdpTunnelChecksum;

    // Packets come by the hundred thousand.
    private readonly PacketPool _pool = new() { TrackOwners = false };
    private readonly PacketQueue _between = new();
    private readonly NetDevice _device = TapModel.Create(offloads);

    /// <summary>What the TAP's reader is given.</summary>
    public PacketQueue Ready { get; } = new();

    /// <summary>Takes a frame in as the kernel does from a TAP, and sends it to the devices; <see cref="Ready"/> has what comes out.</summary>
    /// <returns>Why it was dropped on the way, if it was.</returns>
    public DropReason Send(in VnetHeader header, ReadOnlySpan<byte> frame)
    {
        OffloadState state = Wire.StateOf(header, frame.Length);
        // A guest is not trusted: its super-frames are looked at again.
        if (state.IsGso)
            state = state with { GsoType = state.GsoType | GsoType.Dodgy };
        Packet packet = _pool.Rent(frame, state);
        // Linux takes the outermost tag out of the bytes when it receives them, and does not count it then.
        packet.ExtractVlanTag();
        return Validate(packet);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _between.Dispose();
        Ready.Dispose();
        _pool.Dispose();
    }

    private DropReason Validate(Packet packet)
    {
        if (first is null)
            return TransmitPath.Validate(packet, _device, Ready);
        DropReason reason = TransmitPath.Validate(packet, first, _between);
        while (reason == DropReason.None && _between.Dequeue() is { } next)
        {
            // The other end has received it, so a tag that the first could not carry is taken out of the bytes again.
            next.ExtractVlanTag();
            reason = TransmitPath.Validate(next, _device, Ready);
        }
        return reason;
    }

    /// <summary>
    /// Makes a packet one that a TAP's reader reads, with its tag in the bytes (<c>tun_put_user</c>), and gives the virtio-net header that
    /// says what is owed (<c>virtio_net_hdr_from_skb</c>, <c>virtio_net_hdr_tnl_from_skb</c>); without the hint of a length.
    /// </summary>
    public static VnetHeader Deliver(Packet packet)
    {
        // Linux counts the tag that it puts in only for the checksum's place, and not for those of the tunnel's headers.
        (ushort transport, ushort network) = PlacesInTunnel(packet);
        packet.InsertVlanTag();
        OffloadState state = packet.Offload;
        var header = new VnetHeader();
        if (state.Checksum == ChecksumState.Partial)
        {
            header = header with
            {
                Flags = VnetHeader.NeedsChecksum,
                ChecksumStart = (ushort)state.ChecksumStart,
                ChecksumOffset = state.ChecksumOffset,
            };
        }
        if (!state.IsGso)
            return header;
        byte type = (state.GsoType & GsoType.TransportMask) switch
        {
            GsoType.TcpV4 => VnetHeader.GsoTcpV4,
            GsoType.TcpV6 => VnetHeader.GsoTcpV6,
            _ => VnetHeader.GsoUdpL4,
        };
        return header with
        {
            Flags = (byte)(header.Flags | ((state.GsoType & GsoType.UdpTunnelChecksum) != 0 ? VnetHeader.UdpTunnelChecksum : 0)),
            GsoType = (byte)(type | ((state.GsoType & GsoType.TcpEcn) != 0 ? VnetHeader.GsoEcn : 0) | TunnelOf(packet)),
            GsoSize = (ushort)state.GsoSize,
            OuterTransportOffset = transport,
            InnerNetworkOffset = network,
        };
    }

    /// <summary>Where the outer transport header and the inner network header of a tunnelled super-frame are; 0 for any other.</summary>
    private static (ushort Transport, ushort Network) PlacesInTunnel(Packet packet)
    {
        if (!packet.Offload.IsGso || (packet.Offload.GsoType & AnyTunnel) == 0)
            return default;
        packet.Walk();
        ref PacketLayout layout = ref packet.Layout;
        return ((ushort)layout[layout.OuterTransport].Offset, (ushort)layout[layout.NetworkOf(layout.InnerTransport)].Offset);
    }

    private static byte TunnelOf(Packet packet)
    {
        if ((packet.Offload.GsoType & AnyTunnel) == 0)
            return 0;
        packet.Walk();
        ref PacketLayout layout = ref packet.Layout;
        return layout[layout.OuterNetwork].Kind == LayerKind.IPv4 ? VnetHeader.GsoUdpTunnelV4 : VnetHeader.GsoUdpTunnelV6;
    }
}
