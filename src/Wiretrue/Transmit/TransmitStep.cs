namespace Wiretrue.Transmit;

/// <summary>What was decided of a packet on its way out, in the order of the kernel's functions (net/core/dev.c).</summary>
/// <remarks>
/// Up to <see cref="HighDma"/> features are taken away, and a step that takes none that is looked at to send is not told; then work is done in software; what is left
/// to the device comes last. <see cref="Dropped"/> ends any of it.
/// </remarks>
public enum TransmitStep : byte
{
    /// <summary>What the device has for any packet (<c>dev->features</c>); always told, and first.</summary>
    DeviceFeatures,

    /// <summary>The super-frame is longer, or makes more segments, than the device takes (<c>gso_features_check</c>).</summary>
    SegmentLimits,

    /// <summary>What the device cuts only when the outer headers are those of one segment (<c>dev->gso_partial_features</c>).</summary>
    PartialSegmentation,

    /// <summary>IPv4 without DF: segments need IDs of their own (<c>dev->mangleid_features</c>).</summary>
    FragmentableId,

    /// <summary>IPv6 extension headers, which cards that know TCP and UDP by themselves do not skip (<c>gso_features_check</c>).</summary>
    ExtensionHeaders,

    /// <summary>A tunnel: what holds for inner headers (<c>dev->hw_enc_features</c>).</summary>
    Encapsulation,

    /// <summary>A VLAN tag, in the bytes or outside (<c>dev->vlan_features</c>).</summary>
    Vlan,

    /// <summary>The device's own look at the packet (<c>ndo_features_check</c>, <c>dflt_features_check</c>).</summary>
    DriverCheck,

    /// <summary>An MPLS label stack (<c>dev->mpls_features</c>).</summary>
    Mpls,

    /// <summary>What cannot be without the checksum (<c>harmonize_features</c>).</summary>
    Checksum,

    /// <summary>Pages that the device does not reach (<c>illegal_highdma</c>).</summary>
    HighDma,

    /// <summary>The VLAN tag was written into the bytes (<c>validate_xmit_vlan</c>).</summary>
    TagInserted,

    /// <summary>A payload that one segment holds makes no super-frame: the packet goes as any other.</summary>
    NoSuperFrame,

    /// <summary>The headers were looked at as if to cut, and the super-frame stays whole (<c>skb_gso_ok</c>, <c>SKB_GSO_DODGY</c>).</summary>
    Inspected,

    /// <summary>The super-frame was cut into <see cref="TransmitDecision.Count"/> frames (<c>skb_gso_segment</c>).</summary>
    Segmented,

    /// <summary>The parts were copied into one piece (<c>skb_needs_linearize</c>).</summary>
    Linearized,

    /// <summary>What the receiving device said of the checksum is of no use on the way out (<c>skb_checksum_help</c>).</summary>
    VerdictForgotten,

    /// <summary>The checksum of the tunnel's header was finished, from the inner one that is still owed (<c>lco_csum</c>).</summary>
    OuterChecksumCompleted,

    /// <summary>The Internet checksum was finished (<c>skb_checksum_help</c>); in segments, of each.</summary>
    ChecksumCompleted,

    /// <summary>The CRC32c was finished (<c>skb_crc32c_csum_help</c>).</summary>
    Crc32CCompleted,

    /// <summary>The device writes the VLAN tag into the bytes.</summary>
    TagLeft,

    /// <summary>The device cuts the super-frame.</summary>
    SegmentationLeft,

    /// <summary>The device finishes the checksum, or nobody does: see the cause.</summary>
    ChecksumLeft,

    /// <summary>The packet goes no further, for <see cref="TransmitDecision.Reason"/>.</summary>
    Dropped,
}
