namespace Wiretrue.Devices;

/// <summary>Features that are not as they were wanted, and why.</summary>
/// <param name="Features">Those features.</param>
/// <param name="Active">What they are instead: off, or, when they are fixed, perhaps on.</param>
/// <param name="Relation">Why.</param>
/// <param name="Because">
/// The others that they need, as alternatives, or the ones that are in their way; empty when <paramref name="Relation"/> says all.
/// </param>
public readonly record struct FeatureChange(
    DeviceFeatures Features, bool Active, FeatureRelation Relation, IReadOnlyList<DeviceFeatures> Because)
{
    /// <summary>For example "tx-tcp-segmentation off: needs tx-checksum-ip-generic, or tx-checksum-ipv4".</summary>
    public override string ToString()
    {
        string what = $"{FeatureNames.Format(Features)} {(Active ? "on" : "off")}";
        return Relation switch
        {
            FeatureRelation.Needs => $"{what}: needs {string.Join(", or ", Because.Select(FeatureNames.Format))}",
            FeatureRelation.Excludes => $"{what}: excluded by {string.Join(", ", Because.Select(FeatureNames.Format))}",
            _ => $"{what}: fixed",
        };
    }
}
