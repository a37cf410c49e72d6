namespace Wiretrue.Testing.Kernel;

/// <summary>How the kernel's VXLAN device is made (<c>ip link add type vxlan</c>).</summary>
public sealed record VxlanSettings
{
    /// <summary>The underlay is IPv6.</summary>
    public bool IsIPv6 { get; init; }

    /// <summary>Outer UDP headers have a checksum (<c>udpcsum</c>, <c>noudp6zerocsumtx</c>).</summary>
    public bool HasChecksum { get; init; } = true;

    /// <summary>Over IPv6, what has no checksum is received as well (<c>udp6zerocsumrx</c>).</summary>
    public bool TakesZeroChecksum { get; init; }

    /// <summary>Inner checksums are left to the receiver (<c>remcsumtx</c>).</summary>
    public bool LeavesChecksums { get; init; }

    /// <summary>Checksums that a sender left are taken care of (<c>remcsumrx</c>).</summary>
    public bool TakesLeftChecksums { get; init; }

    /// <summary>Group-based policy (<c>gbp</c>): a packet's mark is its group.</summary>
    public bool HasPolicy { get; init; }

    /// <summary>VXLAN-GPE (<c>external gpe</c>), which carries IP packets as well as frames.</summary>
    public bool IsGpe { get; init; }

    /// <summary>A number of two hexadecimal digits, as <c>ip</c> reads it, or <c>inherit</c>; null to leave it to the kernel.</summary>
    public string? Tos { get; init; }

    /// <summary>A number, or <c>inherit</c>; null to leave it to the kernel.</summary>
    public string? Ttl { get; init; }

    /// <summary><c>unset</c>, <c>set</c> or <c>inherit</c>; null to leave it to the kernel.</summary>
    public string? Df { get; init; }

    /// <summary>The IPv6 flow label; null to leave it to the kernel.</summary>
    public int? FlowLabel { get; init; }

    /// <summary>What the outer interface's reader takes undone (<c>TUN_F_*</c>).</summary>
    public uint OuterOffloads { get; init; }

    /// <summary>What the inner interface's reader takes undone (<c>TUN_F_*</c>).</summary>
    public uint InnerOffloads { get; init; }

    /// <summary>As <c>ip</c> is told, for a failing test to say.</summary>
    public override string ToString() =>
        $"over {(IsIPv6 ? "IPv6" : "IPv4")} {string.Join(' ', Words())}, left undone: 0x{OuterOffloads:X3} outside, 0x{InnerOffloads:X3} inside";

    /// <summary>What <c>ip link add NAME type vxlan</c> is told, addresses and ports apart.</summary>
    internal IEnumerable<string> Words()
    {
        yield return (IsIPv6, HasChecksum) switch
        {
            (false, true) => "udpcsum",
            (false, false) => "noudpcsum",
            (true, true) => "noudp6zerocsumtx",
            (true, false) => "udp6zerocsumtx",
        };
        if (TakesZeroChecksum)
            yield return "udp6zerocsumrx";
        if (LeavesChecksums)
            yield return "remcsumtx";
        if (TakesLeftChecksums)
            yield return "remcsumrx";
        if (HasPolicy)
            yield return "gbp";
        if (IsGpe)
            yield return "gpe";
        foreach ((string name, string? value) in ((string, string?)[])[("tos", Tos), ("ttl", Ttl), ("df", Df), ("flowlabel", FlowLabel?.ToString(provider: null))])
        {
            if (value is null)
                continue;
            yield return name;
            yield return value;
        }
    }
}
