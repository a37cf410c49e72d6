using Wiretrue.Devices;

namespace Wiretrue.Captures.Diagnosis;

/// <summary>What a capture on a device will show that the wire does not carry.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Received">It is on what the device receives; false: on what it sends.</param>
/// <param name="Description">The same in words, without a full stop.</param>
/// <param name="Because">The features that are the cause; none when it is nothing that the device does.</param>
/// <param name="Switchable">Those of them that can be switched off to prevent it; none when that does not help, or they are fixed.</param>
public sealed record ExpectedArtefact(
    ArtefactKind Kind, bool Received, string Description, DeviceFeatures Because, DeviceFeatures Switchable)
{
    /// <summary>The command that prevents it on the device called <paramref name="device"/>; null when none does.</summary>
    public string? Prevention(string device) => Switchable == DeviceFeatures.None
        ? null
        : $"ethtool -K {device} {string.Join(' ', FeatureNames.Each(Switchable).Select(feature => $"{FeatureNames.NameOf(feature)} off"))}";
}
