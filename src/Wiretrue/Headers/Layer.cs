namespace Wiretrue.Headers;

/// <summary>One header found by <see cref="PacketWalk"/>, with all that it encloses.</summary>
/// <param name="Kind">The header.</param>
/// <param name="LimitedBy">Which field decided <paramref name="Length"/>.</param>
/// <param name="HeaderLength">Bytes of the header, with options.</param>
/// <param name="Offset">Where the header begins, in bytes from the packet's first byte.</param>
/// <param name="Length">
/// Bytes of header and content together, as the lengths on the wire say. It can reach past the captured bytes (a snapped packet),
/// never past the packet's original length.
/// </param>
public readonly record struct Layer(LayerKind Kind, LengthSource LimitedBy, ushort HeaderLength, int Offset, int Length)
{
    /// <summary>Where the content begins.</summary>
    public int ContentOffset => Offset + HeaderLength;

    /// <summary>Bytes of content.</summary>
    public int ContentLength => Length - HeaderLength;

    /// <summary>One past the last byte.</summary>
    public int End => Offset + Length;

    /// <summary>True for IPv4 and IPv6.</summary>
    public bool IsNetwork => Kind is LayerKind.IPv4 or LayerKind.IPv6;

    /// <summary>True for the headers that carry a checksum over themselves and their content.</summary>
    public bool IsTransport => Kind is >= LayerKind.Tcp and <= LayerKind.IcmpV6;
}
