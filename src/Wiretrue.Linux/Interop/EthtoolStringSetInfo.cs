using System.Runtime.InteropServices;

namespace Wiretrue.Linux.Interop;

/// <summary><c>struct ethtool_sset_info</c> (linux/ethtool.h) for one set: a count follows for each bit of the mask.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EthtoolStringSetInfo
{
    /// <summary><c>cmd</c>.</summary>
    public uint Command;

    /// <summary><c>reserved</c>.</summary>
    public uint Reserved;

    /// <summary><c>sset_mask</c>: the sets asked for; in the answer, those that there are.</summary>
    public ulong Mask;

    /// <summary><c>data[0]</c>: how many names the first of them has.</summary>
    public uint Count;
}
