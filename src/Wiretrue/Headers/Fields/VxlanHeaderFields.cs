using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of a VXLAN header without extensions as a value.</summary>
/// <param name="NetworkIdentifier">Network identifier, 24 bits.</param>
/// <remarks>RFC 7348 5; <see cref="VxlanHeader"/> shows where they lie.</remarks>
public readonly record struct VxlanHeaderFields(int NetworkIdentifier) : IHeaderFields<VxlanHeaderFields>
{
    /// <inheritdoc/>
    public int Size => VxlanHeader.Size;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out VxlanHeaderFields fields)
    {
        bool fits = VxlanHeader.TryCreate(bytes, out VxlanHeader header);
        fields = fits ? new VxlanHeaderFields(header.NetworkIdentifier) : default;
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        BinaryPrimitives.WriteUInt32BigEndian(destination, 0x08000000);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], (uint)NetworkIdentifier << 8);
    }
}
