using System.Runtime.CompilerServices;

namespace Wiretrue.Headers;

/// <summary>Where a walk stands: the next header's offset, and how far the layers around it reach.</summary>
/// <remarks>
/// <code>
///            Offset             Packet.Length     End
///   ---------+------------------+ - - - - - - - - +- - - - - -
///    walked  | next header ...  :  not captured   | trailer
///   ---------+------------------+ - - - - - - - - +- - - - - -
/// </code>
/// Offsets count from the packet's first byte on the wire, so <see cref="End"/> may lie beyond the captured bytes.
/// </remarks>
internal ref struct HeaderCursor
{
    private readonly ReadOnlySpan<byte> _packet;
    private readonly ref PacketLayout _layout;

    public HeaderCursor(ReadOnlySpan<byte> packet, int originalLength, TunnelPorts? tunnelPorts, ref PacketLayout layout)
    {
        _packet = packet;
        TunnelPorts = tunnelPorts;
        _layout = ref layout;
        // Some writers put 0 or nonsense into the original length; what was captured was there.
        End = Math.Max(originalLength, packet.Length);
    }

    /// <summary>What was told of UDP ports; commonly nothing.</summary>
    public TunnelPorts? TunnelPorts { get; }

    /// <summary>Where the next header begins.</summary>
    public int Offset { get; private set; }

    /// <summary>One past the last byte that the enclosing layers leave.</summary>
    public int End { get; private set; }

    /// <summary>Which field decided <see cref="End"/>.</summary>
    public LengthSource LimitedBy { get; private set; }

    /// <summary>The nearest network layer is IPv6: its protocol numbers include extension headers.</summary>
    public bool InIPv6 { get; set; }

    /// <summary>Bytes from <see cref="Offset"/> to <see cref="End"/>, captured or not.</summary>
    public readonly int Room => End - Offset;

    /// <summary>The captured bytes from <see cref="Offset"/> to <see cref="End"/>.</summary>
    public readonly ReadOnlySpan<byte> Rest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            int length = Math.Min(End, _packet.Length) - Offset;
            return length > 0 ? _packet.Slice(Offset, length) : default;
        }
    }

    /// <summary>Gives <see cref="Rest"/> when it holds at least <paramref name="length"/> bytes, else stops the walk with a fault.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryPeek(LayerKind kind, int length, out ReadOnlySpan<byte> bytes)
    {
        int there = Math.Min(End, _packet.Length) - Offset;
        if (length > there)
        {
            Missing(kind, length);
            bytes = default;
            return false;
        }
        bytes = _packet.Slice(Offset, there);
        return true;
    }

    /// <summary>Adds a layer that has no length of its own: it reaches as far as what encloses it.</summary>
    /// <param name="kind">The header.</param>
    /// <param name="fixedLength">Bytes of the fixed part, already peeked at.</param>
    /// <param name="headerLength">Bytes of the whole header, at least <paramref name="fixedLength"/>.</param>
    /// <returns>False when the walk ends here.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Enter(LayerKind kind, int fixedLength, int headerLength) =>
        Enter(kind, fixedLength, headerLength, Room, _layout.Count == 0 ? LengthSource.Packet : LengthSource.Enclosing);

    /// <summary>Adds a layer that says how long it is.</summary>
    /// <param name="kind">The header.</param>
    /// <param name="fixedLength">Bytes of the fixed part, already peeked at.</param>
    /// <param name="headerLength">Bytes of the whole header, at least <paramref name="fixedLength"/>.</param>
    /// <param name="length">Bytes of header and content by the field named in <paramref name="source"/>.</param>
    /// <param name="source">Where <paramref name="length"/> comes from.</param>
    /// <returns>False when the walk ends here.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Enter(LayerKind kind, int fixedLength, int headerLength, int length, LengthSource source)
    {
        if (length > Room)
        {
            Fault(FaultKind.TooLong, kind, HeaderField.Length, length, Room);
            length = Room;
            source = LengthSource.Enclosing;
        }
        if (headerLength > length)
            return EnterClipped(kind, fixedLength, headerLength, length, source);
        if (!_layout.TryAdd(new Layer(kind, source, (ushort)headerLength, Offset, length)))
        {
            Fault(FaultKind.TooDeep, kind, HeaderField.None, PacketLayout.MaxLayers + 1, PacketLayout.MaxLayers);
            return false;
        }
        End = Offset + length;
        if (source > LengthSource.Enclosing)
            LimitedBy = source;
        if (headerLength > _packet.Length - Offset)
        {
            Fault(FaultKind.Snapped, kind, HeaderField.None, headerLength, _packet.Length - Offset);
            return false;
        }
        Offset += headerLength;
        return true;
    }

    /// <summary>IPv4 or IPv6 by the next nibble, for carriers that do not say which.</summary>
    public readonly LayerKind IPVersion()
    {
        ReadOnlySpan<byte> rest = Rest;
        if (rest.IsEmpty)
            return Unrecognized();
        return (rest[0] >> 4) switch
        {
            4 => LayerKind.IPv4,
            6 => LayerKind.IPv6,
            _ => LayerKind.Payload,
        };
    }

    /// <summary>A payload: no header is recognised in the bytes that are there, which may be too few to tell.</summary>
    public readonly LayerKind Unrecognized()
    {
        _layout.IsInconclusive |= End > _packet.Length;
        return LayerKind.Payload;
    }

    /// <summary>Shortens what is left without adding a layer, for a length field in the header before (802.3).</summary>
    public void Limit(LayerKind kind, int length, LengthSource source)
    {
        if (length > Room)
        {
            Fault(FaultKind.TooLong, kind, HeaderField.Length, length, Room);
            return;
        }
        End = Offset + length;
        LimitedBy = source;
    }

    /// <summary>Adds the last layer: everything left, without a header.</summary>
    public void Finish(LayerKind kind)
    {
        if (Room > 0)
            Enter(kind, 0, 0);
    }

    /// <summary>Ends the walk: <paramref name="field"/> holds what the protocol does not allow.</summary>
    public readonly LayerKind Malformed(LayerKind kind, HeaderField field, int needed = 0)
    {
        Fault(FaultKind.Malformed, kind, field, needed, Room);
        return LayerKind.None;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool EnterClipped(LayerKind kind, int fixedLength, int headerLength, int length, LengthSource source)
    {
        HeaderField blamed = fixedLength > length ? HeaderField.Length : HeaderField.HeaderLength;
        Fault(FaultKind.TooShort, kind, blamed, headerLength, length);
        // The fixed part can still be read, when the lengths leave room for that at least.
        if (fixedLength <= length)
            _layout.TryAdd(new Layer(kind, source, (ushort)fixedLength, Offset, length));
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Missing(LayerKind kind, int length)
    {
        if (Room < length)
            Fault(FaultKind.TooShort, kind, HeaderField.None, length, Room);
        else
            Fault(FaultKind.Snapped, kind, HeaderField.None, length, Math.Max(_packet.Length - Offset, 0));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Fault(FaultKind fault, LayerKind kind, HeaderField field, int needed, int available)
    {
        // The first fault is the outermost; what follows from it says nothing new.
        if (!_layout.Fault.IsFault)
            _layout.Fault = new PacketFault(fault, kind, field, LimitedBy, Offset, needed, available);
    }
}
