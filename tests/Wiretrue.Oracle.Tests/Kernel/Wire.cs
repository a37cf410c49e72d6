using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Transmit;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>What the library makes of the frames that the kernel is given: down the transmit path to a device that can do nothing.</summary>
public sealed class Wire : IDisposable
{
    private readonly PacketPool _pool = new() { TrackOwners = false, TunnelPorts = PlainFrameOffload.Ports };
    private readonly PacketQueue _ready = new();
    private readonly NetDevice _device = NetDevice.Wire(mtu: 1 << 20);

    /// <summary>The frames; null when the transmit path drops the packet, which <paramref name="reason"/> then explains.</summary>
    public List<byte[]>? Cut(in VnetHeader header, ReadOnlySpan<byte> frame, out DropReason reason) =>
        Cut(StateOf(header, frame.Length), frame, out reason);

    /// <summary>As the other one, with the state in the library's terms.</summary>
    public List<byte[]>? Cut(in OffloadState state, ReadOnlySpan<byte> frame, out DropReason reason) => Cut(_pool.Rent(frame, state), out reason);

    /// <summary>As the others, of a packet that is made from a pool.</summary>
    public List<byte[]>? Cut(Func<PacketPool, Packet> make, out DropReason reason) => Cut(make(_pool), out reason);

    private List<byte[]>? Cut(Packet made, out DropReason reason)
    {
        reason = TransmitPath.Validate(made, _device, _ready);
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

    /// <summary>
    /// As <see cref="Cut(in VnetHeader, ReadOnlySpan{byte}, out DropReason)"/> for what comes from a guest that is not trusted;
    /// <paramref name="refusal"/> tells why there are no frames.
    /// </summary>
    public List<byte[]>? CutUntrusted(in VnetHeader header, int headerLength, ReadOnlySpan<byte> frame, out string? refusal)
    {
        refusal = VnetHeaderReading.RefusalOf(header, headerLength, frame);
        if (refusal is not null)
            return null;
        OffloadState state = VnetHeaderReading.StateOf(header, frame.Length);
        if (state.IsGso)
            state = state with { GsoType = state.GsoType | GsoType.Dodgy };
        OffloadFault fault = state.Check(frame.Length);
        // Such a super-frame is served all the same (skb_needs_check).
        if (fault is not (OffloadFault.None or OffloadFault.GsoWithoutPartialChecksum))
        {
            refusal = fault.ToString();
            return null;
        }
        List<byte[]>? frames = Cut(state, frame, out DropReason reason);
        refusal = frames is null ? reason.ToString() : null;
        return frames;
    }

    /// <summary>The state that a virtio-net header encodes.</summary>
    public static OffloadState StateOf(in VnetHeader header, int length) => VnetHeaderReading.StateOf(header, length);
}
