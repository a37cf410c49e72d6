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

    /// <inheritdoc cref="Ethtool.Set"/>
    public void Set(DeviceFeatures features, bool on) => Ethtool.Set(Name, features, on);

    public void Dispose() => ProcessRun.Run("ip", "link", "del", Name);
}
