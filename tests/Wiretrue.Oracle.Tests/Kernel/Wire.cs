using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Kernel;
using Wiretrue.Transmit;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>What the library makes of the frames that the kernel is given: down the transmit path to a device that can do nothing.</summary>
public sealed class Wire : IDisposable
{
    private readonly PacketPool _pool = new();
    private readonly PacketQueue _ready = new();
    private readonly NetDevice _device = NetDevice.Wire(mtu: 1 << 20);

    /// <summary>The frames; null when the transmit path drops the packet, which <paramref name="reason"/> then explains.</summary>
    public List<byte[]>? Cut(in VnetHeader header, ReadOnlySpan<byte> frame, out DropReason reason) =>
        Cut(StateOf(header, frame.Length), frame, out reason);

    /// <summary>As the other one, with the state in the library's terms.</summary>
    public List<byte[]>? Cut(in OffloadState state, ReadOnlySpan<byte> frame, out DropReason reason)
    {
        reason = TransmitPath.Validate(_pool.Rent(frame, state), _device, _ready);
        if (reason != DropReason.None)
            return null;
        var frames = new List<byte[]>(_ready.Count);
        for (Packet? packet = _ready.First; packet is not null; packet = packet.Next)
        {
            byte[] bytes = new byte[packet.Length];
            packet.CopyTo(bytes);
            frames.Add(bytes);
        }
        _ready.Clear();
        return frames;
    }

    /// <summary>The state of a frame after <paramref name="headerLength"/> bytes of a tunnel's headers were put before its IP packet.</summary>
    internal static OffloadState StateIn(SuperFrame sent, GsoType tunnel, int headerLength)
    {
        OffloadState state = StateOf(sent.Header, sent.Frame.Length);
        return state with { GsoType = state.GsoType | tunnel, ChecksumStart = state.ChecksumStart + headerLength };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ready.Dispose();
        _pool.Dispose();
    }

    /// <summary>The state that a virtio-net header encodes (<c>virtio_net_hdr_to_skb</c>).</summary>
    public static OffloadState StateOf(in VnetHeader header, int frameLength)
    {
        var state = new OffloadState
        {
            Checksum = (header.Flags & VnetHeader.NeedsChecksum) != 0 ? ChecksumState.Partial : ChecksumState.None,
            ChecksumStart = header.ChecksumStart,
            ChecksumOffset = header.ChecksumOffset,
        };
        GsoType type = (header.GsoType & 0x0F) switch
        {
            VnetHeader.GsoTcpV4 => GsoType.TcpV4,
            VnetHeader.GsoTcpV6 => GsoType.TcpV6,
            VnetHeader.GsoUdpL4 => GsoType.UdpL4,
            VnetHeader.GsoUdp => GsoType.UdpFragmentation,
            _ => GsoType.None,
        };
        if (type == GsoType.None)
            return state;
        if ((header.GsoType & VnetHeader.GsoEcn) != 0)
            type |= GsoType.TcpEcn;
        if ((header.GsoType & (VnetHeader.GsoUdpTunnelV4 | VnetHeader.GsoUdpTunnelV6)) != 0)
            type |= (header.Flags & VnetHeader.UdpTunnelChecksum) != 0 ? GsoType.UdpTunnelChecksum : GsoType.UdpTunnel;
        return state with { GsoType = type, GsoSize = header.GsoSize };
    }
}
