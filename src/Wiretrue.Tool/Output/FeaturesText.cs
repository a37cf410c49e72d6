using System.Text;
using Wiretrue.Captures.Diagnosis;
using Wiretrue.Devices;
using Wiretrue.Tool.Commands;

namespace Wiretrue.Tool.Output;

/// <summary>What a device's features mean, for people.</summary>
internal static class FeaturesText
{
    /// <summary>Limits, and the artefacts that a capture on the device will show, each with what would prevent it.</summary>
    public static string Of(NamedDevice named)
    {
        NetDevice device = named.Device;
        var text = new StringBuilder($"limits: mtu {device.Mtu}, gso_max_size {device.GsoMaxSize}");
        if (named.Link is { GsoIPv4MaxSize: > 0 and var ipv4 } && ipv4 != device.GsoMaxSize)
        {
            text.Append($" ({ipv4} for IPv4)");
        }

        text.Append($", gso_max_segs {device.GsoMaxSegments}, gro_max_size {device.GroMaxSize}\n");
        IReadOnlyList<ExpectedArtefact> artefacts = ExpectedArtefacts.Of(device);
        if (artefacts.Count == 0)
        {
            return text.Append($"a capture on {device.Name} shows what the wire carries\n").ToString();
        }

        text.Append($"a capture on {device.Name} shows\n");
        foreach (ExpectedArtefact artefact in artefacts)
        {
            text.Append($"  {artefact.Description}\n");
            if (artefact.Prevention(device.Name) is { } prevention)
            {
                text.Append($"      prevented by {prevention}\n");
            }
            else if (artefact.Because != DeviceFeatures.None)
            {
                text.Append($"      by {FeatureNames.Format(artefact.Because)}, and not to be prevented here\n");
            }
        }

        return text.ToString();
    }

    /// <summary>A line for each device: the words of <c>ethtool -K</c> for the groups that are on.</summary>
    public static string List(IReadOnlyList<NamedDevice> devices)
    {
        var text = new StringBuilder();
        int width = devices.Max(named => named.Device.Name.Length);
        foreach (NamedDevice named in devices)
        {
            NetDevice device = named.Device;
            string[] groups = [.. FeatureGroup.All.Where(group => (device.Features & group.Features) != 0).Select(group => group.ShortName)];
            text.Append($"{(named.Link is null ? "model" : "interface"),-9}  {device.Name.PadRight(width)}  mtu {device.Mtu,5}  ")
                .Append(groups.Length == 0 ? "none" : string.Join(' ', groups))
                .Append('\n');
        }

        return text.ToString();
    }
}
