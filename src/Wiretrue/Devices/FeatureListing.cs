using System.Text;

namespace Wiretrue.Devices;

/// <summary>A device's features as <c>ethtool -k</c> shows them.</summary>
public static class FeatureListing
{
    /// <summary>The listing of one of our devices.</summary>
    public static string Of(NetDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Of(device.Name, FeatureState.AllOf(device));
    }

    /// <summary>The listing, a feature on each line, members of a group below the group and indented by a tab.</summary>
    /// <param name="name">The device's name.</param>
    /// <param name="states">Its features in the kernel's order, groups not among them; a word that is not known here is in no group.</param>
    public static string Of(string name, IEnumerable<FeatureState> states)
    {
        var text = new StringBuilder();
        text.Append("Features for ").Append(name).Append(":\n");
        foreach (FeatureLine line in FeatureLine.AllOf(states))
        {
            text.Append(line.IsMember ? "\t" : "").Append(line.Name).Append(line.Active ? ": on" : ": off");
            if (line.Fixed == true)
                text.Append(" [fixed]");
            else if (line.Requested is { } requested && requested != line.Active)
                text.Append(requested ? " [requested on]" : " [requested off]");
            text.Append('\n');
        }
        return text.ToString();
    }
}
