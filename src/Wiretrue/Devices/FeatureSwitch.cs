namespace Wiretrue.Devices;

/// <summary>Features to be switched, as said to <c>ethtool -K</c>: "tx-checksum-ip-generic off".</summary>
/// <param name="Features">Which.</param>
/// <param name="On">On or off.</param>
public readonly record struct FeatureSwitch(DeviceFeatures Features, bool On)
{
    /// <summary>Reads names of features or groups, and "on" or "off" as the last word.</summary>
    /// <param name="text">The words, with spaces between them.</param>
    /// <param name="result">What they say.</param>
    /// <param name="unknown">The first word that is wrong, empty when one is missing; null when this returns true.</param>
    public static bool TryParse(string? text, out FeatureSwitch result, out string? unknown)
    {
        result = default;
        string words = (text ?? "").Trim();
        int space = words.LastIndexOf(' ');
        unknown = words[(space + 1)..];
        if (space < 0 || unknown is not ("on" or "off"))
            return false;
        bool on = unknown is "on";
        if (!FeatureNames.TryParse(words[..space], out DeviceFeatures features, out unknown))
            return false;
        result = new FeatureSwitch(features, on);
        return true;
    }

    /// <summary>What <see cref="TryParse"/> reads.</summary>
    public override string ToString() => $"{FeatureNames.Format(Features)} {(On ? "on" : "off")}";
}
