using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of a UDP header as a value.</summary>
/// <param name="SourcePort">Source port (<c>source</c>).</param>
/// <param name="DestinationPort">Destination port (<c>dest</c>).</param>
/// <param name="Length">Bytes of header and content (<c>len</c>).</param>
/// <param name="Checksum">Checksum (<c>check</c>).</param>
/// <remarks>RFC 768; <see cref="UdpHeader"/> shows where they lie.</remarks>
public readonly record struct UdpHeaderFields(
    ushort SourcePort, ushort DestinationPort, ushort Length, ushort Checksum)
    : IHeaderFields<UdpHeaderFields>
{
    /// <inheritdoc/>
    public int Size => UdpHeader.Size;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out UdpHeaderFields fields)
    {
        bool fits = UdpHeader.TryCreate(bytes, out UdpHeader header);
        fields = fits ? new UdpHeaderFields(header.SourcePort, header.DestinationPort, header.Length, header.Checksum) : default;
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        BinaryPrimitives.WriteUInt16BigEndian(destination, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], DestinationPort);
        UdpHeader.SetLength(destination, Length);
        UdpHeader.SetChecksum(destination, Checksum);
    }
}
