using System.Globalization;
using Wiretrue.Devices;
using Wiretrue.Testing;

namespace Wiretrue.Oracle.Tests.Devices;

/// <summary>A veth pair of the kernel's, and what ethtool says of its first end.</summary>
internal sealed class VirtualPair : IDisposable
{
    private static int _made;

    public VirtualPair()
    {
        string number = Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture);
        Name = $"wtv{number}";
        ProcessRun.Must("ip", "link", "add", Name, "type", "veth", "peer", "name", $"wtp{number}");
    }

    public string Name { get; }

    public string Peer => Name.Replace("wtv", "wtp", StringComparison.Ordinal);

    /// <summary>A device of ours with what the kernel says of one of its own.</summary>
    public static NetDevice Copy(string name)
    {
        EthtoolListing listing = EthtoolListing.Of(name);
        return new NetDevice(name, listing.Active, mtu: 1500) { HardwareFeatures = listing.Changeable };
    }

    /// <summary>Switches features; what the kernel refuses or adds is seen in the next listing.</summary>
    public void Set(DeviceFeatures features, bool on)
    {
        string state = on ? "on" : "off";
        string[] arguments = ["-K", Name, .. FeatureNames.Each(features).SelectMany(f => (string[])[FeatureNames.NameOf(f), state])];
        ProcessRun run = ProcessRun.Run("ethtool", arguments);
        // ethtool ends with 1 when nothing asked for was done, which is what some rules come to.
        Assert.True(run.ExitCode is 0 or 1, $"ethtool {string.Join(' ', arguments)}: {run.ExitCode}: {run.Error}");
        Assert.DoesNotContain("bit name not found", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => ProcessRun.Run("ip", "link", "del", Name);
}
