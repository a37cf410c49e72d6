using System.Runtime.InteropServices;

namespace Wiretrue.Linux.Interop;

/// <summary><c>struct ethtool_gstrings</c> (linux/ethtool.h): names of <see cref="EthtoolCommand.StringLength"/> bytes follow.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EthtoolStrings
{
    /// <summary><c>cmd</c>.</summary>
    public uint Command;

    /// <summary><c>string_set</c>.</summary>
    public uint Set;

    /// <summary><c>len</c>: how many names.</summary>
    public uint Count;
}
