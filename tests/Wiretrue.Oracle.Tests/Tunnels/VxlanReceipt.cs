using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Packets;
using Wiretrue.Testing.Kernel;
using Wiretrue.Transmit;
using Wiretrue.Tunnels;
using Xunit.Sdk;

namespace Wiretrue.Oracle.Tests.Tunnels;

/// <summary>Takes the frames of the kernel's VXLAN device out of the tunnel, and finds in them what was sent into it.</summary>
/// <remarks>
/// What was sent goes to the wire, and so does what comes out of the tunnel, cut or whole: there must be no difference.
/// </remarks>
internal sealed class VxlanReceipt(VxlanLink link) : IDisposable
{
    private readonly PacketPool _pool = new() { TrackOwners = false, TunnelPorts = VxlanTransmit.PortsOf(link) };
    private readonly PacketQueue _ready = new();
    private readonly NetDevice _wire = NetDevice.Wire(mtu: 1 << 20);
    private readonly Wire _sender = new();
    private readonly Decapsulator _patient = VxlanTransmit.TunnelOf(link, isPeer: true).CreateDecapsulator();
    private readonly Decapsulator _eager = VxlanTransmit.TunnelOf(link, isPeer: true, isEager: true).CreateDecapsulator();
    private readonly List<byte[]> _received = [];
    private List<byte[]> _expected = [];
    private SuperFrame? _sent;
    private int _taken;

    /// <summary>The next frames are of this one.</summary>
    public void Expect(SuperFrame sent)
    {
        _sent = sent;
        _expected = _sender.Cut(sent.Header, sent.Frame, out DropReason reason)
            ?? throw new XunitException($"the wire is given nothing: {reason}");
        _received.Clear();
    }

    /// <summary>How many frames are still missing.</summary>
    public int Missing => _expected.Count - _received.Count;

    /// <summary>Takes a frame that the kernel put into the tunnel.</summary>
    public void TakeOuter(in VnetHeader header, ReadOnlySpan<byte> frame)
    {
        Packet packet = _pool.Rent(frame, Wire.StateOf(header, frame.Length));
        // A checksum that was left is derived at once, or later.
        Decapsulation result = (_taken++ % 2 == 0 ? _patient : _eager).Decapsulate(packet);
        if (!result.IsDone)
        {
            packet.Dispose();
            throw new XunitException($"not taken out of the tunnel: {result}");
        }
        TakeInner(packet);
    }

    /// <summary>Takes a frame that the kernel took out of the tunnel.</summary>
    public void TakeInner(in VnetHeader header, ReadOnlySpan<byte> frame)
    {
        // The header's offsets are as with Ethernet's, or they would be refused.
        OffloadState state = link.Settings.IsGpe
            ? Wire.StateOf(header with { ChecksumStart = (ushort)(header.ChecksumStart + EthernetHeader.Size) }, frame.Length + EthernetHeader.Size)
            : Wire.StateOf(header, frame.Length);
        Packet packet = _pool.Rent(frame, state);
        if (link.Settings.IsGpe && state.Checksum == ChecksumState.Partial)
            packet.Offload = state with { ChecksumStart = header.ChecksumStart };
        TakeInner(packet);
    }

    /// <summary>Fails unless all came that was expected, and nothing else.</summary>
    public void EndOfFrame()
    {
        if (InnerFrames.Difference(_expected, _received, _sent!) is { } difference)
            throw new XunitException($"what was sent into the tunnel, and what came out of it: {difference}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sender.Dispose();
        _ready.Dispose();
        _pool.Dispose();
    }

    private void TakeInner(Packet packet)
    {
        if (link.Settings.IsGpe)
        {
            // GPE carries what is behind the Ethernet header.
            _sent!.Frame.AsSpan(0, EthernetHeader.Size).CopyTo(packet.Push(EthernetHeader.Size));
            packet.LinkType = LinkType.Ethernet;
        }
        if (packet.Offload.IsGso)
            AssertWhole(packet);
        DropReason reason = TransmitPath.Validate(packet, _wire, _ready);
        if (reason != DropReason.None)
            throw new XunitException($"what came out of the tunnel does not reach the wire: {reason}");
        while (_ready.Dequeue() is { } ready)
        {
            byte[] bytes = new byte[ready.Length];
            ready.CopyTo(bytes);
            _received.Add(bytes);
            ready.Dispose();
        }
    }

    /// <summary>A super-frame that was not cut on the way is the one that was sent, in its bytes and in what is owed to it.</summary>
    private void AssertWhole(Packet packet)
    {
        OffloadState sent = Wire.StateOf(_sent!.Header, _sent.Frame.Length);
        if (packet.Offload != sent)
            throw new XunitException($"sent with {sent}, came out with {packet.Offload}");
        byte[] bytes = new byte[packet.Length];
        packet.CopyTo(bytes);
        if (FrameComparison.Difference([_sent.Frame], [bytes]) is { } difference)
            throw new XunitException($"a super-frame came out of the tunnel that was not sent: {difference}");
    }
}
