using System.Runtime.InteropServices;

namespace Wiretrue.Linux.Interop;

/// <summary><c>struct ifinfomsg</c> (linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LinkInfo
{
    /// <summary><c>ifi_family</c>.</summary>
    public byte Family;

    private readonly byte _padding;

    /// <summary><c>ifi_type</c>: what the link's headers are (<c>ARPHRD_*</c>, linux/if_arp.h).</summary>
    public ushort Type;

    /// <summary><c>ifi_index</c>.</summary>
    public int Index;

    /// <summary><c>ifi_flags</c>: <c>IFF_*</c>.</summary>
    public uint Flags;

    /// <summary><c>ifi_change</c>.</summary>
    public uint Change;
}
