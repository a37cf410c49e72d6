using System.Text;

namespace Wiretrue.Devices;

/// <summary>A device's features as <c>ethtool -k</c> shows them.</summary>
public static class FeatureListing
{
    /// <summary>
    /// Words that only older kernels have: shown for a device that has them on, so that the listing of any other is what the
    /// running kernel gives.
    /// </summary>
    private const DeviceFeatures Historical =
        DeviceFeatures.NoChecksum | DeviceFeatures.Lockless | DeviceFeatures.NamespaceLocal | DeviceFeatures.UdpFragmentation;

    /// <summary>The listing, a feature on each line, members of a group below the group and indented by a tab.</summary>
    public static string Of(NetDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        DeviceFeatures shown = ~Historical | device.Features;
        var text = new StringBuilder();
        text.Append("Features for ").Append(device.Name).Append(":\n");
        var rest = (DeviceFeatures)ulong.MaxValue;
        foreach (FeatureGroup group in FeatureGroup.All)
        {
            rest &= ~group.Features;
            DeviceFeatures members = group.Features & shown;
            if (group.IsSingle && members != DeviceFeatures.None)
                Line(text, group.Name, group.Features, device);
            if (group.IsSingle)
                continue;
            text.Append(group.Name).Append((device.Features & members) == 0 ? ": off\n" : ": on\n");
            foreach (DeviceFeatures member in FeatureNames.Each(members))
                Line(text.Append('\t'), FeatureNames.NameOf(member), member, device);
        }
        foreach (DeviceFeatures feature in FeatureNames.Each(rest & shown))
            Line(text, FeatureNames.NameOf(feature), feature, device);
        return text.ToString();
    }

    private static void Line(StringBuilder text, string name, DeviceFeatures feature, NetDevice device)
    {
        bool active = (device.Features & feature) != 0;
        bool wanted = (device.WantedFeatures & feature) != 0;
        text.Append(name).Append(active ? ": on" : ": off");
        if ((device.HardwareFeatures & feature) == 0)
            text.Append(" [fixed]");
        else if (wanted != active)
            text.Append(wanted ? " [requested on]" : " [requested off]");
        text.Append('\n');
    }
}
