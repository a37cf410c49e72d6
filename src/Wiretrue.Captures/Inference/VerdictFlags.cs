namespace Wiretrue.Captures.Inference;

/// <summary>What was seen of a packet besides its transport checksums.</summary>
[Flags]
public enum VerdictFlags : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A checksum is not good, or the packet is larger than its flow's segments: the second pass must look at it.</summary>
    NeedsDecision = 1 << 0,

    /// <summary>Larger than the flow's segments or the wire's MTU allow.</summary>
    Oversized = 1 << 1,

    /// <summary>Fewer bytes were captured than the wire carried.</summary>
    Snapped = 1 << 2,

    /// <summary>Its headers cannot be walked to the end: a length or a value is wrong.</summary>
    Malformed = 1 << 3,

    /// <summary>An IP fragment, outermost.</summary>
    Fragment = 1 << 4,

    /// <summary>IPv4 total length 0 on a packet with content, outermost.</summary>
    IPv4LengthZero = 1 << 5,

    /// <summary>IPv6 payload length 0 on a packet with content, outermost, and no jumbo option to explain it.</summary>
    IPv6LengthZero = 1 << 6,

    /// <summary>An IPv4 header checksum inside a tunnel is zero and wrong.</summary>
    InnerIPv4Zero = 1 << 7,

    /// <summary>An IPv4 header checksum is wrong and not zero, outermost or inside a tunnel.</summary>
    IPv4Bad = 1 << 8,

    /// <summary>The outermost transport lies inside a tunnel that has no transport of its own (GRE, IP in IP).</summary>
    TunnelWithoutTransport = 1 << 9,

    /// <summary>The capture says that TCP segmentation was left to the card (<c>epb_flags</c> bit 11).</summary>
    DeclaredSuperFrame = 1 << 10,

    /// <summary>IPv4: the identification stays the same over this super-frame, so it does over its segments.</summary>
    FixedIdentification = 1 << 11,

    /// <summary>
    /// The checksum is partial by the capture's own word (<c>epb_flags</c> bit 9) and not by what its field holds.
    /// </summary>
    DeclaredPartial = 1 << 12,

    /// <summary>A comment of the packet says how it is to be cut (<see cref="Formats.SegmentationNote"/>), and its headers agree.</summary>
    NotedSegmentation = 1 << 13,
}
