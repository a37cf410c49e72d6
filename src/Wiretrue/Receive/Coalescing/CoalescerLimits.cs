using Wiretrue.Headers;

namespace Wiretrue.Receive.Coalescing;

/// <summary>What the protocols' files want to know of the options.</summary>
internal sealed class CoalescerLimits(CoalescerOptions options)
{
    /// <summary>What 16 bits of length can say, and one (<c>GRO_LEGACY_MAX_SIZE</c>).</summary>
    public const int LegacyMaxSize = 65_536;

    /// <inheritdoc cref="CoalescerOptions.UdpForwarding"/>
    public bool UdpForwarding { get; } = options.UdpForwarding;

    /// <inheritdoc cref="CoalescerOptions.FragmentLists"/>
    public bool FragmentLists { get; } = options.FragmentLists;

    /// <inheritdoc cref="CoalescerOptions.RemoteChecksum"/>
    public bool RemoteChecksum { get; } = options.RemoteChecksum;

    /// <inheritdoc cref="CoalescerOptions.Mpls"/>
    public bool Mpls { get; } = options.Mpls;

    /// <inheritdoc cref="CoalescerOptions.TakesShortcut"/>
    public bool TakesShortcut { get; } = options.TakesShortcut;

    /// <summary>A super-frame stays below so many bytes, counted from the network header, when <paramref name="arrival"/> joins.</summary>
    /// <remarks>BIG TCP: lengths above 16 bits are for TCP alone, and a tunnel's headers could not say them.</remarks>
    public int MaxLength(in Arrival arrival)
    {
        int length = arrival.LinkProtocol == EtherType.IPv6 ? options.MaxSize : options.MaxIPv4Size;
        bool isBigTcp = arrival.Protocol == IPProtocol.Tcp && !arrival.IsEncapsulated && !arrival.IsList;
        return isBigTcp ? length : Math.Min(length, LegacyMaxSize);
    }
}
