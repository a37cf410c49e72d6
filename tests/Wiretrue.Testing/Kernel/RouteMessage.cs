using System.Net;
using System.Net.Sockets;
using static Wiretrue.Testing.Kernel.NetlinkMessage;

namespace Wiretrue.Testing.Kernel;

/// <summary>Adds a route that hands its packets to a program, which <c>ip route</c> can do only with a program that lies in a file system.</summary>
/// <remarks>
/// <code>
///  0          16       28         36        44            52           56
///  +----------+--------+----------+---------+-------------+------------+-----------------------------+
///  | nlmsghdr | rtmsg  | dst      | oif     | encap type  | encap      { xmit { fd, name }, headroom }
///  +----------+--------+----------+---------+-------------+------------+-----------------------------+
/// </code>
/// linux/rtnetlink.h, linux/lwtunnel.h.
/// </remarks>
internal static class RouteMessage
{
    private const ushort RTM_NEWROUTE = 24;
    private const ushort RTA_DST = 1, RTA_OIF = 4, RTA_ENCAP_TYPE = 21, RTA_ENCAP = 22;
    private const byte LWTUNNEL_ENCAP_BPF = 6;
    private const ushort LWT_BPF_XMIT = 3, LWT_BPF_XMIT_HEADROOM = 4, LWT_BPF_PROG_FD = 1, LWT_BPF_PROG_NAME = 2;
    private const byte MainTable = 254, StaticRoute = 4, Unicast = 1;

    /// <summary>Sends what goes to <paramref name="destination"/> through <paramref name="program"/> and then out of <paramref name="device"/>.</summary>
    public static void Add(IPAddress destination, string device, int program)
    {
        byte[] address = destination.GetAddressBytes();
        byte[] route =
        [
            (byte)(destination.AddressFamily == AddressFamily.InterNetwork ? 2 : 10), (byte)(8 * address.Length), 0, 0,
            MainTable, StaticRoute, 0, Unicast, 0, 0, 0, 0,
            .. Attribute(RTA_DST, address),
            .. Attribute(RTA_OIF, Number(NetworkInterface.IndexOf(device))),
            .. Attribute(RTA_ENCAP_TYPE, [LWTUNNEL_ENCAP_BPF, 0]),
            .. Attribute(RTA_ENCAP | Nested,
            [
                .. Attribute(LWT_BPF_XMIT | Nested,
                [
                    .. Attribute(LWT_BPF_PROG_FD, Number(program)),
                    .. Attribute(LWT_BPF_PROG_NAME, "encapsulation\0"u8),
                ]),
                .. Attribute(LWT_BPF_XMIT_HEADROOM, Number(256)),
            ]),
        ];
        Send(RTM_NEWROUTE, Create | Replace, route, $"a route to {destination} with a program");
    }
}
