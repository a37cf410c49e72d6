namespace Wiretrue.Devices;

/// <summary>One feature of a device, as a line of <c>ethtool -k</c> shows it.</summary>
/// <param name="Name">The kernel's word for it.</param>
/// <param name="Feature">Which it is; <see cref="DeviceFeatures.None"/> for a word that is not known here.</param>
/// <param name="Active">It is on.</param>
/// <param name="Requested">It is wanted on; always false when it is fixed.</param>
/// <param name="Fixed">Nobody can switch it.</param>
public readonly record struct FeatureState(string Name, DeviceFeatures Feature, bool Active, bool Requested, bool Fixed)
{
    /// <summary>
    /// Words that only older kernels have: shown for a device that has them on, so that the listing of any other is what the
    /// running kernel gives.
    /// </summary>
    private const DeviceFeatures Historical =
        DeviceFeatures.NoChecksum | DeviceFeatures.Lockless | DeviceFeatures.NamespaceLocal | DeviceFeatures.UdpFragmentation;

    /// <summary>The features of a device, in the kernel's order.</summary>
    public static IEnumerable<FeatureState> AllOf(NetDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        foreach (DeviceFeatures feature in FeatureNames.Each(~Historical | device.Features))
        {
            yield return new FeatureState(
                FeatureNames.NameOf(feature),
                feature,
                Active: (device.Features & feature) != 0,
                Requested: (device.WantedFeatures & feature) != 0,
                Fixed: (device.HardwareFeatures & feature) == 0);
        }
    }
}
