namespace Wiretrue.Devices;

/// <summary>
/// One rule between features: when any of <paramref name="Subject"/> is on and the rule is broken, <paramref name="Drops"/> go off.
/// </summary>
/// <param name="Subject">The features that the rule speaks of.</param>
/// <param name="Relation">Whether they need the others, or exclude them.</param>
/// <param name="Others">
/// For <see cref="FeatureRelation.Needs"/>: alternatives, of which one must be there in full.
/// For <see cref="FeatureRelation.Excludes"/>: a set, of which none may.
/// </param>
/// <param name="Drops">What goes off: as a rule the subject, sometimes more.</param>
public sealed record FeatureRule(
    DeviceFeatures Subject, FeatureRelation Relation, IReadOnlyList<DeviceFeatures> Others, DeviceFeatures Drops)
{
    internal static FeatureRule Needs(DeviceFeatures subject, params DeviceFeatures[] alternatives) =>
        new(subject, FeatureRelation.Needs, alternatives, subject);

    internal static FeatureRule Excludes(DeviceFeatures subject, DeviceFeatures others) =>
        new(subject, FeatureRelation.Excludes, [others], subject);

    /// <summary>What the rule takes from <paramref name="features"/>: <see cref="DeviceFeatures.None"/> where it is kept.</summary>
    public DeviceFeatures Broken(DeviceFeatures features)
    {
        if ((features & Subject) == 0)
            return DeviceFeatures.None;
        bool kept = Relation == FeatureRelation.Needs
            ? Others.Any(alternative => (features & alternative) == alternative)
            : Others.All(other => (features & other) == 0);
        return kept ? DeviceFeatures.None : features & Drops;
    }
}
