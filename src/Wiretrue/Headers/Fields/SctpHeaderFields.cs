using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of an SCTP common header as a value.</summary>
/// <param name="SourcePort">Source port (<c>source</c>).</param>
/// <param name="DestinationPort">Destination port (<c>dest</c>).</param>
/// <param name="VerificationTag">Verification tag (<c>vtag</c>).</param>
/// <param name="Checksum">CRC32c (<c>checksum</c>), kept little-endian.</param>
/// <remarks>RFC 9260 3.1; <see cref="SctpHeader"/> shows where they lie.</remarks>
public readonly record struct SctpHeaderFields(
    ushort SourcePort, ushort DestinationPort, uint VerificationTag, uint Checksum)
    : IHeaderFields<SctpHeaderFields>
{
    /// <inheritdoc/>
    public int Size => SctpHeader.Size;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SctpHeaderFields fields)
    {
        bool fits = SctpHeader.TryCreate(bytes, out SctpHeader header);
        fields = !fits ? default : new SctpHeaderFields(
            header.SourcePort, header.DestinationPort, header.VerificationTag, header.Checksum);
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        BinaryPrimitives.WriteUInt16BigEndian(destination, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], VerificationTag);
        SctpHeader.SetChecksum(destination, Checksum);
    }
}
