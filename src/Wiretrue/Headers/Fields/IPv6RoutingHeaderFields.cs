namespace Wiretrue.Headers.Fields;

/// <summary>The fields of an IPv6 routing header as a value; what follows them stays bytes.</summary>
/// <param name="NextHeader">What follows (<c>nexthdr</c>).</param>
/// <param name="HeaderLength">Bytes of the header: 8 to 2048, a multiple of 8.</param>
/// <param name="RoutingType">How to read the rest (<c>type</c>).</param>
/// <param name="SegmentsLeft">Nodes still to be visited.</param>
/// <remarks>RFC 8200 4.4; <see cref="IPv6RoutingHeader"/> shows where they lie.</remarks>
public readonly record struct IPv6RoutingHeaderFields(
    IPProtocol NextHeader, int HeaderLength, byte RoutingType, byte SegmentsLeft)
    : IHeaderFields<IPv6RoutingHeaderFields>
{
    /// <inheritdoc/>
    public int Size => 4;

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out IPv6RoutingHeaderFields fields)
    {
        bool fits = IPv6RoutingHeader.TryCreate(bytes, out IPv6RoutingHeader header);
        fields = !fits ? default : new IPv6RoutingHeaderFields(
            header.NextHeader, header.HeaderLength, header.RoutingType, header.SegmentsLeft);
        return fits;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            Throw.DestinationTooShort(nameof(destination), Size, destination.Length);
        destination[0] = (byte)NextHeader;
        destination[1] = (byte)((HeaderLength >> 3) - 1);
        destination[2] = RoutingType;
        destination[3] = SegmentsLeft;
    }
}
