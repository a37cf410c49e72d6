using System.Runtime.InteropServices;

namespace Wiretrue.Linux.Interop;

/// <summary><c>struct ethtool_get_features_block</c> (linux/ethtool.h): 32 features, a bit for each.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EthtoolFeatureBlock
{
    /// <summary>How many features a block has.</summary>
    public const int Bits = 32;

    /// <summary><c>available</c>: can be switched.</summary>
    public uint Available;

    /// <summary><c>requested</c>: is wanted.</summary>
    public uint Requested;

    /// <summary><c>active</c>: is on.</summary>
    public uint Active;

    /// <summary><c>never_changed</c>: is the device's for as long as it lives.</summary>
    public uint NeverChanged;
}
