namespace Wiretrue.Devices;

/// <summary>One line of <c>ethtool -k</c>: a feature, or a group of them, which is on when a member is.</summary>
/// <param name="Name">The word: the group's own for a group, and for a feature that is a group by itself.</param>
/// <param name="IsMember">It belongs to the group above it.</param>
/// <param name="Active">It is on.</param>
/// <param name="Fixed">Nobody can switch it; null for a group.</param>
/// <param name="Requested">It is wanted on; null for a group.</param>
public readonly record struct FeatureLine(string Name, bool IsMember, bool Active, bool? Fixed, bool? Requested)
{
    /// <summary>All lines, groups first.</summary>
    /// <param name="states">The features in the kernel's order.</param>
    public static IEnumerable<FeatureLine> AllOf(IEnumerable<FeatureState> states)
    {
        List<FeatureState> rest = [.. states];
        foreach (FeatureGroup group in FeatureGroup.All)
        {
            FeatureState[] members = [.. rest.Where(state => (state.Feature & group.Features) != 0)];
            rest.RemoveAll(state => (state.Feature & group.Features) != 0);
            if (members.Length == 0)
                continue;
            if (!group.IsSingle)
                yield return new FeatureLine(group.Name, IsMember: false, members.Any(member => member.Active), Fixed: null, Requested: null);
            foreach (FeatureState member in members)
                yield return Of(member, group.IsSingle ? group.Name : member.Name, isMember: !group.IsSingle);
        }
        foreach (FeatureState state in rest)
            yield return Of(state, state.Name, isMember: false);
    }

    private static FeatureLine Of(FeatureState state, string name, bool isMember) =>
        new(name, isMember, state.Active, state.Fixed, state.Requested);
}
