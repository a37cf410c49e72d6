using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of a network service header as a value; the context stays bytes.</summary>
/// <param name="HeaderLength">Bytes of header and context: 24 in MD type 1, else 8 to 252, a multiple of 4.</param>
/// <param name="IsControl">A packet of operations and maintenance.</param>
/// <param name="TimeToLive">Time to live, 0 to 63.</param>
/// <param name="MetadataType">What kind of context there is: 1 fixed, 2 variable; 0 to 15.</param>
/// <param name="NextProtocol">What follows: 1 IPv4, 2 IPv6, 3 Ethernet, 4 NSH, 5 MPLS.</param>
/// <param name="ServicePath">Service path identifier, 24 bits.</param>
/// <param name="ServiceIndex">Service index.</param>
/// <remarks>RFC 8300 2; <see cref="NshHeader"/> shows where they lie.</remarks>
public readonly record struct NshHeaderFields(
    int HeaderLength, bool IsControl, byte TimeToLive, byte MetadataType, byte NextProtocol, int ServicePath, byte ServiceIndex)
    : IHeaderFields<NshHeaderFields>
{
    /// <inheritdoc/>
    public int Size => NshHeader.MinimumSize;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out NshHeaderFields fields)
    {
        bool fits = NshHeader.TryCreate(bytes, out NshHeader header);
        fields = !fits ? default : new NshHeaderFields(
            header.HeaderLength, header.IsControl, header.TimeToLive, header.MetadataType, header.NextProtocol, header.ServicePath,
            header.ServiceIndex);
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        int first = (IsControl ? 0x2000 : 0) | ((TimeToLive & 0x3F) << 6) | ((HeaderLength >> 2) & 0x3F);
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)first);
        destination[2] = (byte)(MetadataType & 0x0F);
        destination[3] = NextProtocol;
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], ((uint)ServicePath << 8) | ServiceIndex);
    }
}
