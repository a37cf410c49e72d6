using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of a GRE header of version 0 as a value.</summary>
/// <param name="EtherType">What follows (<c>protocol</c>).</param>
/// <param name="HasChecksum">There is a checksum.</param>
/// <param name="Checksum">The checksum.</param>
/// <param name="HasKey">There is a key.</param>
/// <param name="Key">The key.</param>
/// <param name="HasSequence">There is a sequence number.</param>
/// <param name="Sequence">The sequence number.</param>
/// <remarks>RFC 2784 2, RFC 2890 2; <see cref="GreHeader"/> shows where they lie.</remarks>
public readonly record struct GreHeaderFields(
    EtherType EtherType, bool HasChecksum, ushort Checksum, bool HasKey, uint Key, bool HasSequence,
    uint Sequence)
    : IHeaderFields<GreHeaderFields>
{
    /// <inheritdoc/>
    public int Size => GreHeader.MinimumSize + (HasChecksum ? 4 : 0) + (HasKey ? 4 : 0) + (HasSequence ? 4 : 0);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out GreHeaderFields fields)
    {
        bool fits = GreHeader.TryCreate(bytes, out GreHeader header);
        fields = !fits ? default : new GreHeaderFields(
            header.EtherType, header.HasChecksum, header.Checksum, header.HasKey, header.Key, header.HasSequence,
            header.Sequence);
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        int flags = (HasChecksum ? 0x8000 : 0) | (HasKey ? 0x2000 : 0) | (HasSequence ? 0x1000 : 0);
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)flags);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)EtherType);
        int offset = GreHeader.MinimumSize;
        if (HasChecksum)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[offset..], (uint)Checksum << 16);
            offset += 4;
        }
        if (HasKey)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[offset..], Key);
            offset += 4;
        }
        if (HasSequence)
            BinaryPrimitives.WriteUInt32BigEndian(destination[offset..], Sequence);
    }
}
