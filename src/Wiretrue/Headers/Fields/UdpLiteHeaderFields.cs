using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of a UDP-Lite header as a value.</summary>
/// <param name="SourcePort">Source port (<c>source</c>).</param>
/// <param name="DestinationPort">Destination port (<c>dest</c>).</param>
/// <param name="Coverage">Bytes that the checksum covers; 0 means all.</param>
/// <param name="Checksum">Checksum (<c>check</c>).</param>
/// <remarks>RFC 3828 3.1; <see cref="UdpLiteHeader"/> shows where they lie.</remarks>
public readonly record struct UdpLiteHeaderFields(
    ushort SourcePort, ushort DestinationPort, ushort Coverage, ushort Checksum)
    : IHeaderFields<UdpLiteHeaderFields>
{
    /// <inheritdoc/>
    public int Size => UdpLiteHeader.Size;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out UdpLiteHeaderFields fields)
    {
        bool fits = UdpLiteHeader.TryCreate(bytes, out UdpLiteHeader header);
        fields = fits ? new UdpLiteHeaderFields(header.SourcePort, header.DestinationPort, header.Coverage, header.Checksum) : default;
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        BinaryPrimitives.WriteUInt16BigEndian(destination, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], DestinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], Coverage);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], Checksum);
    }
}
