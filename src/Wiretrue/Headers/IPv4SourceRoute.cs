namespace Wiretrue.Headers;

/// <summary>Loose and strict source routes among the options of an IPv4 header (<c>IPOPT_LSRR</c>, <c>IPOPT_SSRR</c>).</summary>
internal static class IPv4SourceRoute
{
    private const byte EndOfOptions = 0;
    private const byte NoOperation = 1;
    private const byte LooseSourceRoute = 131;
    private const byte StrictSourceRoute = 137;

    /// <summary>Type, length and pointer: what stands before the addresses.</summary>
    private const int RouteHeader = 3;

    /// <summary>The route's last address while the pointer is not past it, else the header's destination.</summary>
    public static ReadOnlySpan<byte> FinalDestination(IPv4Header header)
    {
        ReadOnlySpan<byte> options = header.Options;
        while (options.Length > 0 && options[0] != EndOfOptions)
        {
            if (options[0] == NoOperation)
            {
                options = options[1..];
                continue;
            }
            if (options.Length < 2 || options[1] < 2 || options[1] > options.Length)
                break;
            int length = options[1];
            bool isRoute = options[0] is LooseSourceRoute or StrictSourceRoute && length >= RouteHeader + 4;
            // The pointer counts from 1; past the length, every hop is used up and the destination is the final one.
            if (isRoute && options[2] <= length - 3)
                return options.Slice(length - 4, 4);
            options = options[length..];
        }
        return header.Destination;
    }
}
