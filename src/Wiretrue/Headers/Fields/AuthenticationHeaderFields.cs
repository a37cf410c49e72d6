using System.Buffers.Binary;

namespace Wiretrue.Headers.Fields;

/// <summary>The fields of an authentication header as a value; what follows them stays bytes.</summary>
/// <param name="NextHeader">What follows (<c>nexthdr</c>).</param>
/// <param name="HeaderLength">Bytes of the header, the check value included: a multiple of 4.</param>
/// <param name="SecurityParametersIndex">Security parameters index (<c>spi</c>).</param>
/// <param name="Sequence">Sequence number (<c>seq_no</c>).</param>
/// <remarks>RFC 4302 2; <see cref="AuthenticationHeader"/> shows where they lie.</remarks>
public readonly record struct AuthenticationHeaderFields(
    IPProtocol NextHeader, int HeaderLength, uint SecurityParametersIndex, uint Sequence)
    : IHeaderFields<AuthenticationHeaderFields>
{
    /// <inheritdoc/>
    public int Size => AuthenticationHeader.MinimumSize;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out AuthenticationHeaderFields fields)
    {
        bool fits = AuthenticationHeader.TryCreate(bytes, out AuthenticationHeader header);
        fields = !fits ? default : new AuthenticationHeaderFields(
            header.NextHeader, header.HeaderLength, header.SecurityParametersIndex, header.Sequence);
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        destination[0] = (byte)NextHeader;
        destination[1] = (byte)((HeaderLength >> 2) - 2);
        destination[2] = destination[3] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], SecurityParametersIndex);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], Sequence);
    }
}
