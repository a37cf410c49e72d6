using System.Buffers.Binary;
using System.Net.Sockets;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Captures.Pipelines;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Transmit;
using Wiretrue.Tunnels;

namespace Wiretrue.Captures.Tunnelling;

/// <summary>Puts one window after the other into a tunnel.</summary>
internal sealed class WindowEncapsulation : WindowWork, IDisposable
{
    private readonly EncapsulationOptions _options;
    private readonly EncapsulationReport _report;
    private readonly Encapsulator _tunnel;
    private readonly EtherType _outerType;
    private readonly PacketPool _pool = new();
    private readonly PacketQueue _ready = new();
    private readonly NetDevice _wire = NetDevice.Wire(ushort.MaxValue);
    private readonly byte[] _link = new byte[LinkFraming.MaxLength];
    private readonly byte[] _note = new byte[SegmentationNote.MaxLength];
    private PacketLayout _layout;

    public WindowEncapsulation(EncapsulationOptions options, EncapsulationReport report, RecordEmitter emitter)
        : base(report, emitter)
    {
        (_options, _report) = (options, report);
        _tunnel = options.Tunnel.CreateEncapsulator();
        _outerType = options.Tunnel.Remote.AddressFamily == AddressFamily.InterNetworkV6 ? EtherType.IPv6 : EtherType.IPv4;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ready.Dispose();
        _pool.Dispose();
    }

    /// <inheritdoc/>
    protected override int Work(int record)
    {
        ref readonly CaptureRecord captured = ref Window.Records[record];
        ReadOnlySpan<byte> data = Window.Data(in captured);
        PacketWalk.Walk(data, OriginalLength(in captured), captured.LinkType, ref _layout);
        EncapsulationFault fault = Place(in captured, out Carried carried);
        if (fault == EncapsulationFault.None)
            fault = Encapsulate(record, in captured, in carried);
        if (fault == EncapsulationFault.None)
        {
            _report.Encapsulated++;
        }
        else
        {
            _report.Count(fault);
            if (!_options.KeepOthers)
                Emitter.Drop(record);
        }
        _report.OutPackets += fault == EncapsulationFault.None || _options.KeepOthers ? 1 : 0;
        return record + 1;
    }

    // Absurd original lengths occur in broken captures; fewer bytes than were captured cannot have been on the wire.
    private static int OriginalLength(in CaptureRecord record) =>
        Math.Max(record.CapturedLength, (int)Math.Min(record.OriginalLength, int.MaxValue));

    private EncapsulationFault Place(in CaptureRecord record, out Carried carried)
    {
        int wire = Math.Max(OriginalLength(in record) - record.FcsLength, 0);
        int there = Math.Min(record.CapturedLength, wire);
        carried = new Carried(0, there, wire, wire);
        if (_options.TakesFrames)
            return record.LinkType == LinkType.Ethernet && there >= EthernetHeader.Size ? EncapsulationFault.None : EncapsulationFault.NoFrame;

        int network = _layout.OuterNetwork;
        if (network < 0 || (_options.Version is { } version && _layout[network].Kind != version) || IsBroken(network))
            return EncapsulationFault.NoPacket;
        ref readonly Layer packet = ref _layout[network];
        carried = new Carried(packet.Offset, Math.Min(packet.End, there), packet.End, Math.Max(packet.End, wire));
        return EncapsulationFault.None;
    }

    // Whoever takes the packet out again by a header that lies finds its end elsewhere.
    private bool IsBroken(int network) => _layout.Fault.IsFault && _layout.Fault.Kind != FaultKind.Snapped && _layout.Fault.Offset <= _layout[network].Offset;

    private EncapsulationFault Encapsulate(int record, in CaptureRecord captured, in Carried carried)
    {
        ReadOnlySpan<byte> data = Window.Data(in captured);
        if (CaptureTime.TryRead(Window, in captured, out CaptureTime time))
            _options.Clock?.Set(time);
        RemoteChecksumPlan plan = _options.LeavesChecksums ? RemoteChecksumPlan.Of(data, in _layout, in carried) : default;
        EncapsulationFault fault = TryEncapsulate(data, in carried, plan, out Packet? packet);
        bool isLeft = packet is not null && plan.Owed.Checksum == ChecksumState.Partial;
        if (isLeft && IsOwedInside(packet!, in carried))
        {
            // The tunnel's header has no place for it.
            packet!.Dispose();
            isLeft = false;
            fault = TryEncapsulate(data, in carried, default, out packet);
        }
        if (packet is null)
            return fault;

        int headers = packet.OriginalLength - (carried.WireEnd - carried.Start);
        int link = _options.TakesFrames
            ? 0 : LinkFraming.Write(data, in _layout, 0, _layout.OuterNetwork, _outerType, headers, common: false, _link);
        bool isTooLong = packet.OriginalLength - (_options.TakesFrames ? EthernetHeader.Size : 0) > ushort.MaxValue;
        bool fits = link >= 0 && (_options.TakesFrames || LinkFraming.Carries(captured.LinkType, _outerType));
        if (isTooLong || !fits)
        {
            packet.Dispose();
            return isTooLong ? EncapsulationFault.TooLong : EncapsulationFault.NoLink;
        }
        if (TransmitPath.Validate(packet, _wire, _ready) != DropReason.None)
            return EncapsulationFault.Refused;
        _report.RemoteChecksums += isLeft ? 1 : 0;
        Emit(record, in captured, in carried, link);
        return EncapsulationFault.None;
    }

    private EncapsulationFault TryEncapsulate(ReadOnlySpan<byte> data, in Carried carried, RemoteChecksumPlan plan, out Packet? packet)
    {
        packet = _pool.Rent(data[carried.Start..carried.End], plan.Owed);
        packet.LinkType = _options.TakesFrames ? LinkType.Ethernet : LinkType.Raw;
        packet.MissingTail = carried.WireEnd - carried.End;
        if (plan.Owed.Checksum == ChecksumState.Partial)
            BinaryPrimitives.WriteUInt16BigEndian(packet.Linear[(plan.Owed.ChecksumStart + plan.Owed.ChecksumOffset)..], plan.Field);
        DropReason reason = _tunnel.Encapsulate(packet);
        if (reason == DropReason.None)
            return EncapsulationFault.None;
        packet.Dispose();
        packet = null;
        return reason == DropReason.TunnelInnerUnsupported ? EncapsulationFault.NoPacket : EncapsulationFault.Refused;
    }

    private static bool IsOwedInside(Packet packet, in Carried carried)
    {
        int headers = packet.OriginalLength - (carried.WireEnd - carried.Start);
        return packet.Offload.Checksum == ChecksumState.Partial && packet.Offload.ChecksumStart >= headers;
    }

    private void Emit(int record, in CaptureRecord captured, in Carried carried, int link)
    {
        using Packet packet = _ready.Dequeue()!;
        int length = packet.Length;
        // Padding behind a packet stays behind it, unless the packet's own end is missing.
        ReadOnlySpan<byte> trailer = packet.MissingTail > 0 ? default : Window.Data(in captured)[carried.End..Math.Min(captured.CapturedLength, carried.FrameEnd)];
        int note = WriteNote(in captured, packet);
        Span<byte> frame = Emitter.Emit(record, new RecordChange
        {
            CapturedLength = link + length + trailer.Length,
            OriginalLength = (uint)(link + packet.OriginalLength + carried.FrameEnd - carried.WireEnd),
            ClearFlags = PacketFlags.ChecksumValid | WindowDecapsulation.FcsLength,
            Comment = _note.AsSpan(0, note),
        });
        _link.AsSpan(0, link).CopyTo(frame);
        packet.CopyTo(frame[link..]);
        trailer.CopyTo(frame[(link + length)..]);
    }

    // A super-frame that somebody merged goes in whole, and is to be cut with the tunnel's headers before each segment.
    private int WriteNote(in CaptureRecord captured, Packet packet)
    {
        if (!SegmentationNote.TryRead(Window.Buffer, in captured, out SegmentationNote note))
            return 0;
        packet.Walk();
        packet.EnsureLinear(packet.Length);
        GsoType tunnels = SuperFrameType.Of(packet.Linear, in packet.Layout, Math.Max(packet.Layout.InnerTransport, 0), fixedIdentification: false) & GsoType.TunnelMask;
        GsoType type = note.Type & ~(GsoType.TunnelMask | GsoType.TcpFixedId);
        if ((note.Type & GsoType.TcpFixedId) != 0)
            type |= GsoType.TcpFixedIdInner;
        return (note with { Type = type | tunnels }).Write(_note);
    }
}
