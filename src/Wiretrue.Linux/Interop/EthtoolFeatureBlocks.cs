using System.Runtime.InteropServices;

namespace Wiretrue.Linux.Interop;

/// <summary><c>struct ethtool_gfeatures</c> (linux/ethtool.h): <see cref="EthtoolFeatureBlock"/>s follow.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EthtoolFeatureBlocks
{
    /// <summary><c>cmd</c>.</summary>
    public uint Command;

    /// <summary><c>size</c>: how many blocks.</summary>
    public uint Count;
}
