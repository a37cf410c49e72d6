using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of an LLC and SNAP header as a value.</summary>
/// <param name="OrganizationCode">Organisation code, 24 bits.</param>
/// <param name="EtherType">The protocol.</param>
/// <remarks>RFC 1042; <see cref="SnapHeader"/> shows where they lie.</remarks>
public readonly record struct SnapHeaderFields(int OrganizationCode, EtherType EtherType) : IHeaderFields<SnapHeaderFields>
{
    /// <inheritdoc/>
    public int Size => SnapHeader.Size;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SnapHeaderFields fields)
    {
        bool fits = SnapHeader.TryCreate(bytes, out SnapHeader header);
        fields = fits ? new SnapHeaderFields(header.OrganizationCode, header.EtherType) : default;
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        destination[0] = destination[1] = 0xAA;
        destination[2] = 0x03;
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], (ushort)OrganizationCode);
        destination[3] = (byte)(OrganizationCode >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], (ushort)EtherType);
    }
}
