using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Diagnosis;

/// <summary>What <see cref="CaptureInspector"/> counted: a plain value that maps one to one onto <c>inspect --json</c>, schema 1.</summary>
public sealed class InspectReport
{
    /// <summary>The container.</summary>
    public CaptureFormat Format { get; internal set; }

    /// <summary>Packets read.</summary>
    public long Packets { get; internal set; }

    /// <summary>Bytes of the capture, container headers included, decompressed.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Packets of which fewer bytes were captured than the wire carried.</summary>
    public long Truncated { get; internal set; }

    /// <summary>Packets whose headers cannot be walked to the end.</summary>
    public long Malformed { get; internal set; }

    /// <summary>Outermost IPv4 headers whose checksum verifies.</summary>
    public long IPv4Good { get; internal set; }

    /// <summary>Outermost IPv4 headers whose checksum is zero and wrong.</summary>
    public long IPv4Zero { get; internal set; }

    /// <summary>Outermost IPv4 headers whose checksum is wrong and not zero.</summary>
    public long IPv4Bad { get; internal set; }

    /// <summary>Outermost TCP.</summary>
    public ChecksumCounts Tcp { get; } = new();

    /// <summary>Outermost UDP.</summary>
    public ChecksumCounts Udp { get; } = new();

    /// <summary>Outermost SCTP: Good, Zero, Adler32, Bad and Unverifiable.</summary>
    public ChecksumCounts Sctp { get; } = new();

    /// <summary>Outermost ICMP: Good, Bad and Unverifiable.</summary>
    public ChecksumCounts Icmp { get; } = new();

    /// <summary>Outermost ICMPv6: Good, Bad and Unverifiable.</summary>
    public ChecksumCounts IcmpV6 { get; } = new();

    /// <summary>TCP inside tunnels.</summary>
    public ChecksumCounts InnerTcp { get; } = new();

    /// <summary>UDP inside tunnels.</summary>
    public ChecksumCounts InnerUdp { get; } = new();

    /// <summary>Packets that stand for several frames.</summary>
    public SuperFrameCounts SuperFrames { get; } = new();

    /// <summary>Outermost IPv4 total length 0 on a packet with content.</summary>
    public long IPv4LengthZero { get; internal set; }

    /// <summary>Outermost IPv6 payload length 0 on a packet with content, and no jumbo option.</summary>
    public long IPv6LengthZero { get; internal set; }

    /// <summary>IP fragments.</summary>
    public long Fragments { get; internal set; }
}
