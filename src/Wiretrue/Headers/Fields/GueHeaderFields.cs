using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of a GUE header of variant 0 as a value.</summary>
/// <param name="IsControl">A message of the tunnel's own.</param>
/// <param name="Protocol">What follows (<c>proto_ctype</c>).</param>
/// <param name="HasRemoteChecksum">Remote checksum offload is in use, and makes the header 8 bytes longer.</param>
/// <param name="RemoteChecksumStart">Where the checksum left to the receiver is summed from, in bytes from the header's end.</param>
/// <param name="RemoteChecksumOffset">Where that checksum's field is, in bytes from the header's end.</param>
/// <remarks>
/// draft-ietf-intarea-gue 3; <see cref="GueHeader"/> shows where they lie. What a header reserves beyond its options is not read.
/// </remarks>
public readonly record struct GueHeaderFields(
    bool IsControl, IPProtocol Protocol, bool HasRemoteChecksum, ushort RemoteChecksumStart, ushort RemoteChecksumOffset)
    : IHeaderFields<GueHeaderFields>
{
    private const int RemoteChecksumSize = 8;

    /// <inheritdoc/>
    public int Size => GueHeader.MinimumSize + (HasRemoteChecksum ? RemoteChecksumSize : 0);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out GueHeaderFields fields)
    {
        bool fits = GueHeader.TryCreate(bytes, out GueHeader header);
        fields = !fits ? default : new GueHeaderFields(
            header.IsControl, header.Protocol, header.HasRemoteChecksum, (ushort)header.RemoteChecksumStart, (ushort)header.RemoteChecksumOffset);
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        destination[0] = (byte)((IsControl ? 0x20 : 0) | ((Size - GueHeader.MinimumSize) >> 2));
        destination[1] = (byte)Protocol;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], HasRemoteChecksum ? (ushort)1 : (ushort)0);
        if (!HasRemoteChecksum)
            return;
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], 0x80000000);
        BinaryPrimitives.WriteUInt16BigEndian(destination[8..], RemoteChecksumStart);
        BinaryPrimitives.WriteUInt16BigEndian(destination[10..], RemoteChecksumOffset);
    }
}
