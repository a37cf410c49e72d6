using Wiretrue.Devices;
using Wiretrue.Testing;

namespace Wiretrue.Oracle.Tests.Devices;

/// <summary>What <c>ethtool -k</c> prints of a device, read line by line.</summary>
/// <param name="Text">The text.</param>
/// <param name="Active">Features that are on.</param>
/// <param name="Changeable">Features that are not fixed.</param>
/// <param name="Unknown">Words that we do not have.</param>
internal sealed record EthtoolListing(string Text, DeviceFeatures Active, DeviceFeatures Changeable, IReadOnlyList<string> Unknown)
{
    public static EthtoolListing Of(string name)
    {
        string text = ProcessRun.Must("ethtool", "-k", name);
        DeviceFeatures active = DeviceFeatures.None, changeable = DeviceFeatures.None;
        var unknown = new List<string>();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            string[] halves = line.Trim().Split(": ", 2);
            if (!FeatureNames.TryParse(halves[0], out DeviceFeatures features, out string? word))
                unknown.Add(word!);
            // The state of several features in one line is told again below it, for each.
            if (FeatureNames.Each(features).Skip(1).Any())
                continue;
            active |= halves[1].StartsWith("on", StringComparison.Ordinal) ? features : DeviceFeatures.None;
            changeable |= halves[1].Contains("[fixed]", StringComparison.Ordinal) ? DeviceFeatures.None : features;
        }
        return new EthtoolListing(text, active, changeable, unknown);
    }

    /// <summary>A device of ours with what the kernel says of one of its own.</summary>
    public static NetDevice Copy(string name)
    {
        EthtoolListing listing = Of(name);
        return new NetDevice(name, listing.Active, mtu: 1500) { HardwareFeatures = listing.Changeable };
    }
}
