using System.Numerics;

namespace Wiretrue.Devices;

/// <summary>
/// ethtool's words for features: those that the kernel gives to single ones, and those that <c>ethtool -k</c> has for several.
/// </summary>
public static class FeatureNames
{
    private const char Separator = ' ';

    private static readonly string[] _names =
    [
        "tx-scatter-gather",
        "tx-checksum-ipv4",
        "tx-checksum-unneeded",
        "tx-checksum-ip-generic",
        "tx-checksum-ipv6",
        "highdma",
        "tx-scatter-gather-fraglist",
        "tx-vlan-hw-insert",
        "rx-vlan-hw-parse",
        "rx-vlan-filter",
        "vlan-challenged",
        "tx-generic-segmentation",
        "tx-lockless",
        "netns-local",
        "rx-gro",
        "rx-lro",
        "tx-tcp-segmentation",
        "tx-gso-robust",
        "tx-tcp-ecn-segmentation",
        "tx-tcp-mangleid-segmentation",
        "tx-tcp6-segmentation",
        "tx-fcoe-segmentation",
        "tx-gre-segmentation",
        "tx-gre-csum-segmentation",
        "tx-ipxip4-segmentation",
        "tx-ipxip6-segmentation",
        "tx-udp_tnl-segmentation",
        "tx-udp_tnl-csum-segmentation",
        "tx-gso-partial",
        "tx-tunnel-remcsum-segmentation",
        "tx-sctp-segmentation",
        "tx-esp-segmentation",
        "tx-udp-fragmentation",
        "tx-udp-segmentation",
        "tx-gso-list",
        "tx-tcp-accecn-segmentation",
        "tx-checksum-fcoe-crc",
        "tx-checksum-sctp",
        "rx-ntuple-filter",
        "rx-hashing",
        "rx-checksum",
        "tx-nocache-copy",
        "loopback",
        "rx-fcs",
        "rx-all",
        "tx-vlan-stag-hw-insert",
        "rx-vlan-stag-hw-parse",
        "rx-vlan-stag-filter",
        "l2-fwd-offload",
        "hw-tc-offload",
        "esp-hw-offload",
        "esp-tx-csum-hw-offload",
        "rx-udp_tunnel-port-offload",
        "tls-hw-tx-offload",
        "tls-hw-rx-offload",
        "rx-gro-hw",
        "tls-hw-record",
        "rx-gro-list",
        "macsec-hw-offload",
        "rx-udp-gro-forwarding",
        "hsr-tag-ins-offload",
        "hsr-tag-rm-offload",
        "hsr-fwd-offload",
        "hsr-dup-offload",
    ];

    private static readonly Dictionary<string, DeviceFeatures> _features = Collect();

    /// <summary>The word for one feature; names are in the order of the bits.</summary>
    /// <exception cref="ArgumentException"><paramref name="feature"/> is not exactly one feature.</exception>
    public static string NameOf(DeviceFeatures feature)
    {
        if (!ulong.IsPow2((ulong)feature))
            Throw.Argument(nameof(feature), $"One feature is needed; {BitOperations.PopCount((ulong)feature)} were given.");
        return _names[BitOperations.TrailingZeroCount((ulong)feature)];
    }

    /// <summary>The feature that the kernel calls so; <see cref="DeviceFeatures.None"/> for a word that is not known here, or is a group's.</summary>
    public static DeviceFeatures Find(string name) =>
        _features.TryGetValue(name, out DeviceFeatures feature) && ulong.IsPow2((ulong)feature) && NameOf(feature) == name
            ? feature
            : DeviceFeatures.None;

    /// <summary>The words of all <paramref name="features"/>, a space between them; "none" for none.</summary>
    public static string Format(DeviceFeatures features) =>
        features == DeviceFeatures.None ? "none" : string.Join(Separator, Each(features).Select(NameOf));

    /// <summary>The features one by one, lowest first.</summary>
    public static IEnumerable<DeviceFeatures> Each(DeviceFeatures features)
    {
        for (ulong rest = (ulong)features; rest != 0; rest &= rest - 1)
            yield return (DeviceFeatures)(rest & (0 - rest));
    }

    /// <summary>
    /// Reads words with spaces or commas between them: single features, groups by either name (<c>tso</c>,
    /// <c>tcp-segmentation-offload</c>), or "none".
    /// </summary>
    /// <param name="text">What <see cref="Format"/> writes, or what <c>ethtool -K</c> takes.</param>
    /// <param name="features">What the words before the first unknown one say.</param>
    /// <param name="unknown">The first word that is not known; null when this returns true.</param>
    public static bool TryParse(string? text, out DeviceFeatures features, out string? unknown)
    {
        features = DeviceFeatures.None;
        unknown = null;
        foreach (string word in (text ?? "").Split([Separator, ',', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!_features.TryGetValue(word, out DeviceFeatures feature))
            {
                unknown = word;
                return false;
            }
            features |= feature;
        }
        return true;
    }

    private static Dictionary<string, DeviceFeatures> Collect()
    {
        var features = new Dictionary<string, DeviceFeatures>(StringComparer.Ordinal) { ["none"] = DeviceFeatures.None };
        for (int bit = 0; bit < _names.Length; bit++)
            features.Add(_names[bit], (DeviceFeatures)(1UL << bit));
        foreach (FeatureGroup group in FeatureGroup.All)
        {
            features.Add(group.ShortName, group.Features);
            features.Add(group.Name, group.Features);
        }
        return features;
    }
}
