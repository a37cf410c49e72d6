namespace Wiretrue.Headers.Fields;

/// <summary>The fields of a header of hop-by-hop or destination options as a value; what follows them stays bytes.</summary>
/// <param name="NextHeader">What follows (<c>nexthdr</c>).</param>
/// <param name="HeaderLength">Bytes of the header: 8 to 2048, a multiple of 8.</param>
/// <remarks>RFC 8200 4.3 and 4.6; <see cref="IPv6OptionsHeader"/> shows where they lie.</remarks>
public readonly record struct IPv6OptionsHeaderFields(IPProtocol NextHeader, int HeaderLength) : IHeaderFields<IPv6OptionsHeaderFields>
{
    /// <inheritdoc/>
    public int Size => 2;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out IPv6OptionsHeaderFields fields)
    {
        bool fits = IPv6OptionsHeader.TryCreate(bytes, out IPv6OptionsHeader header);
        fields = fits ? new IPv6OptionsHeaderFields(header.NextHeader, header.HeaderLength) : default;
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        destination[0] = (byte)NextHeader;
        destination[1] = (byte)((HeaderLength >> 3) - 1);
    }
}
