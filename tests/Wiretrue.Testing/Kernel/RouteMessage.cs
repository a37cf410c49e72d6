using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Wiretrue.Testing.Interop;

namespace Wiretrue.Testing.Kernel;

/// <summary>Adds a route that hands its packets to a program, which <c>ip route</c> can do only with a program that lies in a file system.</summary>
/// <remarks>
/// <code>
///  0          16       28         36        44            52           56
///  +----------+--------+----------+---------+-------------+------------+-----------------------------+
///  | nlmsghdr | rtmsg  | dst      | oif     | encap type  | encap      { xmit { fd, name }, headroom }
///  +----------+--------+----------+---------+-------------+------------+-----------------------------+
/// </code>
/// Each attribute begins with its length and its type, 2 bytes each, and is padded to 4 bytes (linux/rtnetlink.h, linux/lwtunnel.h).
/// </remarks>
internal static class RouteMessage
{
    private const ushort RTM_NEWROUTE = 24, NLMSG_ERROR = 2;
    private const ushort NLM_F_REQUEST = 1, NLM_F_ACK = 4, NLM_F_CREATE = 0x400, NLM_F_REPLACE = 0x100;
    private const ushort RTA_DST = 1, RTA_OIF = 4, RTA_ENCAP_TYPE = 21, RTA_ENCAP = 22, NLA_F_NESTED = 0x8000;
    private const byte LWTUNNEL_ENCAP_BPF = 6;
    private const ushort LWT_BPF_XMIT = 3, LWT_BPF_XMIT_HEADROOM = 4, LWT_BPF_PROG_FD = 1, LWT_BPF_PROG_NAME = 2;
    private const byte MainTable = 254, StaticRoute = 4, Unicast = 1;
    private const int HeaderLength = 16;

    /// <summary>Sends what goes to <paramref name="destination"/> through <paramref name="program"/> and then out of <paramref name="device"/>.</summary>
    public static unsafe void Add(IPAddress destination, string device, int program)
    {
        byte[] address = destination.GetAddressBytes();
        byte[] route =
        [
            (byte)(destination.AddressFamily == AddressFamily.InterNetwork ? 2 : 10), (byte)(8 * address.Length), 0, 0,
            MainTable, StaticRoute, 0, Unicast, 0, 0, 0, 0,
            .. Attribute(RTA_DST, address),
            .. Attribute(RTA_OIF, Number(NetworkInterface.IndexOf(device))),
            .. Attribute(RTA_ENCAP_TYPE, [LWTUNNEL_ENCAP_BPF, 0]),
            .. Attribute(RTA_ENCAP | NLA_F_NESTED,
            [
                .. Attribute(LWT_BPF_XMIT | NLA_F_NESTED,
                [
                    .. Attribute(LWT_BPF_PROG_FD, Number(program)),
                    .. Attribute(LWT_BPF_PROG_NAME, "encapsulation\0"u8),
                ]),
                .. Attribute(LWT_BPF_XMIT_HEADROOM, Number(256)),
            ]),
        ];
        byte[] message = new byte[HeaderLength + route.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(4), RTM_NEWROUTE);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(6), NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE);
        route.CopyTo(message, HeaderLength);

        int socket = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.O_CLOEXEC, 0);
        if (socket < 0)
            throw Libc.Failed("socket AF_NETLINK");
        try
        {
            byte[] answer = new byte[4096];
            // Both calls are told the lengths of the arrays.
            fixed (byte* sent = message, received = answer)
            {
                if (Libc.write(socket, sent, (nuint)message.Length) != message.Length || Libc.read(socket, received, (nuint)answer.Length) < HeaderLength + 4)
                    throw Libc.Failed("RTM_NEWROUTE");
            }
            int error = BinaryPrimitives.ReadInt32LittleEndian(answer.AsSpan(HeaderLength));
            if (BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(4)) != NLMSG_ERROR || error != 0)
                throw new IOException($"the kernel makes no route to {destination} with a program (error {-error})");
        }
        finally
        {
            _ = Libc.close(socket);
        }
    }

    private static byte[] Number(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Attribute(int type, ReadOnlySpan<byte> value)
    {
        int length = 4 + value.Length;
        byte[] attribute = new byte[(length + 3) & ~3];
        BinaryPrimitives.WriteUInt16LittleEndian(attribute, (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(attribute.AsSpan(2), (ushort)type);
        value.CopyTo(attribute.AsSpan(4));
        return attribute;
    }
}
