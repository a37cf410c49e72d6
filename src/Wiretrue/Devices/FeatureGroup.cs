namespace Wiretrue.Devices;

/// <summary>Features that <c>ethtool -k</c> shows together, and <c>ethtool -K</c> switches together.</summary>
/// <param name="ShortName">The word of <c>ethtool -K</c>.</param>
/// <param name="Name">The word of <c>ethtool -k</c>.</param>
/// <param name="Features">Its members.</param>
public sealed record FeatureGroup(string ShortName, string Name, DeviceFeatures Features)
{
    /// <summary>All groups, in the order in which <c>ethtool -k</c> shows them.</summary>
    public static IReadOnlyList<FeatureGroup> All { get; } =
    [
        new("rx", "rx-checksumming", DeviceFeatures.ReceiveChecksum),
        new(
            "tx", "tx-checksumming",
            DeviceFeatures.ChecksumMask | DeviceFeatures.NoChecksum | DeviceFeatures.ChecksumFcoe | DeviceFeatures.ChecksumSctp),
        new("sg", "scatter-gather", DeviceFeatures.ScatterGather | DeviceFeatures.FragmentList),
        new("tso", "tcp-segmentation-offload", DeviceFeatures.TcpMask | DeviceFeatures.TcpAccurateEcnSegmentation),
        new("ufo", "udp-fragmentation-offload", DeviceFeatures.UdpFragmentation),
        new("gso", "generic-segmentation-offload", DeviceFeatures.GenericSegmentation),
        new("gro", "generic-receive-offload", DeviceFeatures.GenericReceive),
        new("lro", "large-receive-offload", DeviceFeatures.LargeReceive),
        new("rxvlan", "rx-vlan-offload", DeviceFeatures.VlanParse),
        new("txvlan", "tx-vlan-offload", DeviceFeatures.VlanInsert),
        new("ntuple", "ntuple-filters", DeviceFeatures.NtupleFilter),
        new("rxhash", "receive-hashing", DeviceFeatures.ReceiveHash),
    ];

    /// <summary>True when it is one feature under another name, so that there are no members to be shown below it.</summary>
    public bool IsSingle => ulong.IsPow2((ulong)Features);
}
