using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of an IPv6 fragment header as a value.</summary>
/// <param name="NextHeader">What follows in the reassembled packet.</param>
/// <param name="FragmentOffset">Where this fragment belongs, in bytes: a multiple of 8.</param>
/// <param name="MoreFragments">More fragments follow.</param>
/// <param name="Identification">Identification.</param>
/// <remarks>RFC 8200 4.5; <see cref="IPv6FragmentHeader"/> shows where they lie.</remarks>
public readonly record struct IPv6FragmentHeaderFields(
    IPProtocol NextHeader, int FragmentOffset, bool MoreFragments, uint Identification)
    : IHeaderFields<IPv6FragmentHeaderFields>
{
    /// <inheritdoc/>
    public int Size => IPv6FragmentHeader.Size;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out IPv6FragmentHeaderFields fields)
    {
        bool fits = IPv6FragmentHeader.TryCreate(bytes, out IPv6FragmentHeader header);
        fields = !fits ? default : new IPv6FragmentHeaderFields(
            header.NextHeader, header.FragmentOffset, header.MoreFragments, header.Identification);
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        destination[0] = (byte)NextHeader;
        destination[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)((FragmentOffset & 0xFFF8) | (MoreFragments ? 1 : 0)));
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], Identification);
    }
}
