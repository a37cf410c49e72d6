using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Devices;

/// <summary>
/// The rules between features, in the kernel's order, as each sees what the ones before it left (<c>netdev_fix_features</c>).
/// </summary>
public static class FeatureRules
{
    private const DeviceFeatures BothChecksums = ChecksumIPv4 | ChecksumIPv6;

    /// <summary>All rules but that for partial segmentation, which depends on the device.</summary>
    public static IReadOnlyList<FeatureRule> All { get; } =
    [
        // Linux up to 3.2: on a reliable medium there is nothing to finish.
        FeatureRule.Excludes(ChecksumMask, NoChecksum),
        // A device that finishes any checksum finishes these; to say both would be to say less.
        FeatureRule.Excludes(BothChecksums, ChecksumGeneric),
        FeatureRule.Needs(TcpMask, ScatterGather),
        // With TSO goes ECN, though it could still be for TSO6: so the kernel does it.
        FeatureRule.Needs(TcpSegmentation, ChecksumGeneric, ChecksumIPv4, NoChecksum) with { Drops = TcpSegmentation | TcpEcnSegmentation },
        FeatureRule.Needs(Tcp6Segmentation, ChecksumGeneric, ChecksumIPv6, NoChecksum),
        // Only IPv4 has an ID in its header to be mangled.
        FeatureRule.Needs(TcpMangleIdSegmentation, TcpSegmentation),
        FeatureRule.Needs(TcpEcnSegmentation, TcpSegmentation, Tcp6Segmentation),
        FeatureRule.Needs(GenericSegmentation, ScatterGather),
        // Linux up to 4.13. UFO is one feature for both families, so it takes the checksums of both.
        FeatureRule.Needs(UdpFragmentation, ChecksumGeneric, BothChecksums, NoChecksum),
        FeatureRule.Needs(UdpFragmentation, ScatterGather),
        // So is USO; but it needs no scatter-gather: without that, the device is given the super-datagram in one piece.
        FeatureRule.Needs(UdpSegmentation, ChecksumGeneric, BothChecksums, NoChecksum),
        // What the card merges, it has verified.
        FeatureRule.Needs(GenericReceiveHardware, ReceiveChecksum),
        // A merged frame has no frame check sequence that could be left on it.
        FeatureRule.Excludes(LargeReceive, ReceiveFcs),
        FeatureRule.Excludes(GenericReceiveHardware, ReceiveFcs),
        // Of the two, the one that can be undone stays.
        FeatureRule.Excludes(LargeReceive, GenericReceiveHardware),
        FeatureRule.Needs(TlsTransmit, ChecksumGeneric, BothChecksums),
        FeatureRule.Needs(TlsReceive, ReceiveChecksum),
    ];

    /// <summary>What is left of <paramref name="features"/> when all rules are kept.</summary>
    /// <param name="features">What is wanted.</param>
    /// <param name="partialGso">What the device cuts only as <see cref="PartialSegmentation"/> (<c>dev->gso_partial_features</c>).</param>
    /// <param name="changes">Filled with what went off, and why; null when nobody asks.</param>
    public static DeviceFeatures Apply(DeviceFeatures features, DeviceFeatures partialGso = None, ICollection<FeatureChange>? changes = null)
    {
        foreach (FeatureRule rule in All)
            features = Apply(rule, features, changes);
        // The kernel looks at it before the rules for receiving; none of those looks at what it drops.
        return partialGso == None ? features : Apply(FeatureRule.Needs(partialGso, PartialSegmentation), features, changes);
    }

    /// <summary>
    /// What two devices, one above the other, do both (<c>netdev_intersect_features</c>): where one finishes any Internet checksum
    /// and the other those of TCP and UDP, what is left is the latter, though the sets have no bit for it in common.
    /// </summary>
    public static DeviceFeatures Intersect(DeviceFeatures one, DeviceFeatures other)
    {
        if (((one ^ other) & ChecksumGeneric) == 0)
            return one & other;
        if ((one & ChecksumGeneric) != 0)
            one |= BothChecksums;
        else
            other |= BothChecksums;
        return one & other;
    }

    private static DeviceFeatures Apply(FeatureRule rule, DeviceFeatures features, ICollection<FeatureChange>? changes)
    {
        DeviceFeatures dropped = rule.Broken(features);
        if (dropped != None)
            changes?.Add(new FeatureChange(dropped, Active: false, rule.Relation, Because(rule, features)));
        return features & ~dropped;
    }

    private static IReadOnlyList<DeviceFeatures> Because(FeatureRule rule, DeviceFeatures features) =>
        rule.Relation == FeatureRelation.Needs ? rule.Others : [.. rule.Others.Select(other => other & features)];
}
