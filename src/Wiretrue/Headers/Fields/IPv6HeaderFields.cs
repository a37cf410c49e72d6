using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of an IPv6 fixed header as a value.</summary>
/// <param name="TrafficClass">DSCP and ECN.</param>
/// <param name="FlowLabel">Flow label, 20 bits.</param>
/// <param name="PayloadLength">Bytes after this header (<c>payload_len</c>).</param>
/// <param name="NextHeader">What follows (<c>nexthdr</c>).</param>
/// <param name="HopLimit">Hop limit (<c>hop_limit</c>).</param>
/// <param name="Source">Source address (<c>saddr</c>).</param>
/// <param name="Destination">Destination address (<c>daddr</c>).</param>
/// <remarks>RFC 8200 3; <see cref="IPv6Header"/> shows where they lie.</remarks>
public readonly record struct IPv6HeaderFields(
    byte TrafficClass, int FlowLabel, ushort PayloadLength, IPProtocol NextHeader, byte HopLimit,
    UInt128 Source, UInt128 Destination)
    : IHeaderFields<IPv6HeaderFields>
{
    /// <inheritdoc/>
    public int Size => IPv6Header.Size;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out IPv6HeaderFields fields)
    {
        bool fits = IPv6Header.TryCreate(bytes, out IPv6Header header);
        fields = !fits ? default : new IPv6HeaderFields(
            header.TrafficClass, header.FlowLabel, header.PayloadLength, header.NextHeader, header.HopLimit,
            AddressFields.ReadIPv6(header.Source), AddressFields.ReadIPv6(header.Destination));
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        BinaryPrimitives.WriteUInt32BigEndian(destination, 0x60000000u | ((uint)TrafficClass << 20) | ((uint)FlowLabel & 0xFFFFF));
        IPv6Header.SetPayloadLength(destination, PayloadLength);
        IPv6Header.SetNextHeader(destination, NextHeader);
        destination[7] = HopLimit;
        BinaryPrimitives.WriteUInt128BigEndian(destination[8..], Source);
        BinaryPrimitives.WriteUInt128BigEndian(destination[24..], Destination);
    }
}
