using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of a VLAN tag after its TPID as a value.</summary>
/// <param name="Priority">Priority code point, 0 to 7.</param>
/// <param name="IsDropEligible">Drop eligible indicator.</param>
/// <param name="VlanId">The VLAN's number, 0 to 4095.</param>
/// <param name="EtherType">What follows.</param>
/// <remarks>IEEE 802.1Q 9.6; <see cref="VlanHeader"/> shows where they lie.</remarks>
public readonly record struct VlanHeaderFields(
    byte Priority, bool IsDropEligible, ushort VlanId, EtherType EtherType)
    : IHeaderFields<VlanHeaderFields>
{
    /// <inheritdoc/>
    public int Size => VlanHeader.Size;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out VlanHeaderFields fields)
    {
        bool fits = VlanHeader.TryCreate(bytes, out VlanHeader header);
        fields = fits ? new VlanHeaderFields(header.Priority, header.IsDropEligible, header.VlanId, header.EtherType) : default;
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)((Priority << 13) | (IsDropEligible ? 0x1000 : 0) | (VlanId & 0x0FFF)));
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)EtherType);
    }
}
