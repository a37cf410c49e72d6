using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of a Geneve header as a value; what follows them stays bytes.</summary>
/// <param name="HeaderLength">Bytes of header and options: 8 to 260, a multiple of 4.</param>
/// <param name="IsControl">A control packet (<c>oam</c>).</param>
/// <param name="HasCriticalOptions">An option must be understood (<c>critical</c>).</param>
/// <param name="EtherType">What follows (<c>proto_type</c>).</param>
/// <param name="NetworkIdentifier">Network identifier, 24 bits (<c>vni</c>).</param>
/// <remarks>RFC 8926 3.4; <see cref="GeneveHeader"/> shows where they lie.</remarks>
public readonly record struct GeneveHeaderFields(
    int HeaderLength, bool IsControl, bool HasCriticalOptions, EtherType EtherType,
    int NetworkIdentifier)
    : IHeaderFields<GeneveHeaderFields>
{
    /// <inheritdoc/>
    public int Size => GeneveHeader.MinimumSize;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out GeneveHeaderFields fields)
    {
        bool fits = GeneveHeader.TryCreate(bytes, out GeneveHeader header);
        fields = !fits ? default : new GeneveHeaderFields(
            header.HeaderLength, header.IsControl, header.HasCriticalOptions, header.EtherType, header.NetworkIdentifier);
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        destination[0] = (byte)((HeaderLength - GeneveHeader.MinimumSize) >> 2);
        destination[1] = (byte)((IsControl ? 0x80 : 0) | (HasCriticalOptions ? 0x40 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)EtherType);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], (uint)NetworkIdentifier << 8);
    }
}
