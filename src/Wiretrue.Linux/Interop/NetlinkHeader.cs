using System.Runtime.InteropServices;

namespace Wiretrue.Linux.Interop;

/// <summary><c>struct nlmsghdr</c> (linux/netlink.h). All numbers of netlink are in host order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NetlinkHeader
{
    /// <summary><c>NLMSG_ERROR</c>: an errno follows, negated; 0 for none.</summary>
    public const ushort Error = 2;

    /// <summary><c>NLMSG_DONE</c>: the end of a dump.</summary>
    public const ushort Done = 3;

    /// <summary><c>RTM_NEWLINK</c> (linux/rtnetlink.h): a link's <see cref="LinkInfo"/> and attributes follow.</summary>
    public const ushort NewLink = 16;

    /// <summary><c>RTM_GETLINK</c> (linux/rtnetlink.h): asks for one link, or for all.</summary>
    public const ushort GetLink = 18;

    /// <summary><c>NLM_F_REQUEST</c>.</summary>
    public const ushort Request = 1;

    /// <summary><c>NLM_F_DUMP</c>: all there are, not one.</summary>
    public const ushort Dump = 0x300;

    /// <summary><c>nlmsg_len</c>: bytes of the message, this header included.</summary>
    public uint Length;

    /// <summary><c>nlmsg_type</c>.</summary>
    public ushort Type;

    /// <summary><c>nlmsg_flags</c>.</summary>
    public ushort Flags;

    /// <summary><c>nlmsg_seq</c>.</summary>
    public uint Sequence;

    /// <summary><c>nlmsg_pid</c>.</summary>
    public uint Port;
}
