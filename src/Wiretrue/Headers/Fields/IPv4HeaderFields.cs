using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of an IPv4 header as a value; what follows them stays bytes.</summary>
/// <param name="HeaderLength">Bytes of header and options: 20 to 60.</param>
/// <param name="TypeOfService">DSCP and ECN (<c>tos</c>).</param>
/// <param name="TotalLength">Bytes of header and content (<c>tot_len</c>).</param>
/// <param name="Identification">Identification (<c>id</c>).</param>
/// <param name="DontFragment">The flag "don't fragment".</param>
/// <param name="MoreFragments">The flag "more fragments".</param>
/// <param name="FragmentOffset">Where this fragment belongs, in bytes: a multiple of 8.</param>
/// <param name="TimeToLive">Time to live (<c>ttl</c>).</param>
/// <param name="Protocol">What follows (<c>protocol</c>).</param>
/// <param name="Checksum">Header checksum (<c>check</c>).</param>
/// <param name="Source">Source address (<c>saddr</c>).</param>
/// <param name="Destination">Destination address (<c>daddr</c>).</param>
/// <remarks>RFC 791 3.1; <see cref="IPv4Header"/> shows where they lie.</remarks>
public readonly record struct IPv4HeaderFields(
    int HeaderLength, byte TypeOfService, ushort TotalLength, ushort Identification, bool DontFragment,
    bool MoreFragments, int FragmentOffset, byte TimeToLive, IPProtocol Protocol, ushort Checksum,
    uint Source, uint Destination)
    : IHeaderFields<IPv4HeaderFields>
{
    /// <inheritdoc/>
    public int Size => IPv4Header.MinimumSize;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out IPv4HeaderFields fields)
    {
        bool fits = IPv4Header.TryCreate(bytes, out IPv4Header header);
        fields = !fits ? default : new IPv4HeaderFields(
            header.HeaderLength, header.TypeOfService, header.TotalLength, header.Identification, header.DontFragment,
            header.MoreFragments, header.FragmentOffset, header.TimeToLive, header.Protocol, header.Checksum,
            AddressFields.ReadIPv4(header.Source), AddressFields.ReadIPv4(header.Destination));
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        destination[0] = (byte)(0x40 | (HeaderLength >> 2));
        destination[1] = TypeOfService;
        IPv4Header.SetTotalLength(destination, TotalLength);
        IPv4Header.SetIdentification(destination, Identification);
        int flags = (DontFragment ? 0x4000 : 0) | (MoreFragments ? 0x2000 : 0);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], (ushort)(flags | (FragmentOffset >> 3)));
        destination[8] = TimeToLive;
        destination[9] = (byte)Protocol;
        IPv4Header.SetChecksum(destination, Checksum);
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], Source);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], Destination);
    }
}
