using Wiretrue.Devices;
using Wiretrue.Testing;

namespace Wiretrue.Oracle.Tests.Devices;

/// <summary>Switches the features of the kernel's devices.</summary>
internal static class Ethtool
{
    /// <summary>Runs <c>ethtool -K</c>; what the kernel refuses or adds is seen in the next listing.</summary>
    public static void Set(string device, DeviceFeatures features, bool on)
    {
        if (features == DeviceFeatures.None)
            return;
        string state = on ? "on" : "off";
        string[] arguments = ["-K", device, .. FeatureNames.Each(features).SelectMany(f => (string[])[FeatureNames.NameOf(f), state])];
        ProcessRun run = ProcessRun.Run("ethtool", arguments);
        // ethtool ends with 1 when nothing asked for was done, which is what some rules come to.
        Assert.True(run.ExitCode is 0 or 1, $"ethtool {string.Join(' ', arguments)}: {run.ExitCode}: {run.Error}");
        Assert.DoesNotContain("bit name not found", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Makes <paramref name="wanted"/> of <paramref name="all"/> wanted, and the others not.</summary>
    public static void Want(string device, DeviceFeatures all, DeviceFeatures wanted)
    {
        Set(device, all & ~wanted, on: false);
        Set(device, wanted, on: true);
    }
}
