using Wiretrue.Devices;
using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Testing.Kernel;

namespace Wiretrue.Oracle.Tests.Devices;

/// <summary>A device of the kernel's whose features are switched, and are as they were at the end.</summary>
internal sealed class SwitchedDevice : IDisposable
{
    private readonly VirtualPair? _veth;
    private readonly TapDevice? _tap;
    private readonly EthtoolListing _before;

    /// <summary>Makes a veth or a TAP whose reader takes everything undone, or takes <c>lo</c>.</summary>
    public SwitchedDevice(string kind)
    {
        switch (kind)
        {
            case "veth":
                _veth = new VirtualPair();
                break;
            case "tap":
                _tap = TapDevice.Create(TapName, (uint)TapOffloads.All, VnetHeader.Length);
                break;
        }
        Name = _veth?.Name ?? _tap?.Name ?? "lo";
        _before = EthtoolListing.Of(Name);
    }

    /// <summary>All that can be made.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["veth", "tap", "lo"];

    /// <summary>The interface's name.</summary>
    public string Name { get; }

    private static string TapName => "switched";

    public void Dispose()
    {
        if (_veth is null && _tap is null)
            Ethtool.Want(Name, _before.Changeable, _before.Active & _before.Changeable);
        _veth?.Dispose();
        _tap?.Dispose();
    }
}
