using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of a VXLAN-GPE header as a value.</summary>
/// <param name="NetworkIdentifier">Network identifier, 24 bits.</param>
/// <param name="NextProtocol">What follows: 1 IPv4, 2 IPv6, 3 Ethernet, 4 NSH, 5 MPLS.</param>
/// <remarks>draft-ietf-nvo3-vxlan-gpe 3; <see cref="VxlanGpeHeader"/> shows where they lie.</remarks>
public readonly record struct VxlanGpeHeaderFields(int NetworkIdentifier, byte NextProtocol) : IHeaderFields<VxlanGpeHeaderFields>
{
    /// <inheritdoc/>
    public int Size => VxlanGpeHeader.Size;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out VxlanGpeHeaderFields fields)
    {
        bool fits = VxlanGpeHeader.TryCreate(bytes, out VxlanGpeHeader header);
        fields = fits ? new VxlanGpeHeaderFields(header.NetworkIdentifier, header.NextProtocol) : default;
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        BinaryPrimitives.WriteUInt32BigEndian(destination, 0x0C000000u | NextProtocol);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], (uint)NetworkIdentifier << 8);
    }
}
