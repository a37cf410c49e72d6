using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Kernel;
using Wiretrue.Transmit;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>What the library hands to a TAP of the frames that the kernel is given, each with what is still owed to it.</summary>
/// <param name="offloads">What the TAP's reader takes undone.</param>
/// <param name="first">A device that the frames go through before; null for none.</param>
internal sealed class TapTransmit(TapOffloads offloads, NetDevice? first = null) : IDisposable
{
    private readonly PacketPool _pool = new();
    private readonly PacketQueue _between = new();
    private readonly PacketQueue _ready = new();
    private readonly NetDevice _device = TapModel.Create(offloads);

    /// <summary>The frames; null when the transmit path drops the packet, which <paramref name="reason"/> then explains.</summary>
    public List<TapFrame>? Pass(in VnetHeader header, ReadOnlySpan<byte> frame, out DropReason reason)
    {
        OffloadState state = Wire.StateOf(header, frame.Length);
        // A guest is not trusted: its super-frames are looked at again.
        if (state.IsGso)
            state = state with { GsoType = state.GsoType | GsoType.Dodgy };
        Packet received = _pool.Rent(frame, state);
        // Linux takes the outermost tag out of the bytes when it receives them, and does not count it then.
        received.ExtractVlanTag();
        reason = Validate(received);
        if (reason != DropReason.None)
            return null;
        var frames = new List<TapFrame>(_ready.Count);
        for (Packet? packet = _ready.First; packet is not null; packet = packet.Next)
        {
            // A TAP's reader finds the tag in the bytes (tun_put_user).
            packet.InsertVlanTag();
            byte[] bytes = new byte[packet.Length];
            packet.CopyTo(bytes);
            frames.Add(new TapFrame(HeaderOf(packet.Offload), bytes));
        }
        _ready.Clear();
        return frames;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _between.Dispose();
        _ready.Dispose();
        _pool.Dispose();
    }

    private DropReason Validate(Packet packet)
    {
        if (first is null)
            return TransmitPath.Validate(packet, _device, _ready);
        DropReason reason = TransmitPath.Validate(packet, first, _between);
        while (reason == DropReason.None && _between.Dequeue() is { } next)
            reason = TransmitPath.Validate(next, _device, _ready);
        return reason;
    }

    /// <summary>The virtio-net header that says what is owed (<c>virtio_net_hdr_from_skb</c>); without the hint of a length.</summary>
    private static VnetHeader HeaderOf(in OffloadState state)
    {
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
            GsoType = (byte)(type | ((state.GsoType & GsoType.TcpEcn) != 0 ? VnetHeader.GsoEcn : 0)),
            GsoSize = (ushort)state.GsoSize,
        };
    }
}
