using System.Buffers.Binary;
using Wiretrue.Testing.Interop;

namespace Wiretrue.Testing.Kernel;

/// <summary>Has the kernel set something, by a message of <c>rtnetlink(7)</c>: what this machine's <c>ip</c> has no words for.</summary>
/// <remarks>
/// <code>
///  0        4      6       8                      16
///  +--------+------+-------+----------------------+------------------+----------------------------+
///  | length | type | flags | sequence, port (0)   | what it is about | attributes                 |
///  +--------+------+-------+----------------------+------------------+----------------------------+
/// </code>
/// Each attribute begins with its length and its type, 2 bytes each, and is padded to 4 bytes (linux/netlink.h).
/// </remarks>
internal static class NetlinkMessage
{
    /// <summary><c>NLM_F_CREATE</c>: what is not there is made.</summary>
    public const ushort Create = 0x400;

    /// <summary><c>NLM_F_REPLACE</c>: what is there is replaced.</summary>
    public const ushort Replace = 0x100;

    /// <summary><c>NLA_F_NESTED</c>: the attribute holds attributes.</summary>
    public const int Nested = 0x8000;

    private const ushort NLMSG_ERROR = 2, NLM_F_REQUEST = 1, NLM_F_ACK = 4;
    private const int HeaderLength = 16;

    /// <summary>Sends it, and waits for the kernel's word.</summary>
    /// <param name="type">The message's type.</param>
    /// <param name="flags">Flags beyond those that ask for an answer.</param>
    /// <param name="body">What it is about, and the attributes.</param>
    /// <param name="what">The same in words, for the exception.</param>
    /// <exception cref="IOException">The kernel refused.</exception>
    public static unsafe void Send(ushort type, ushort flags, ReadOnlySpan<byte> body, string what)
    {
        byte[] message = new byte[HeaderLength + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(4), type);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(6), (ushort)(NLM_F_REQUEST | NLM_F_ACK | flags));
        body.CopyTo(message.AsSpan(HeaderLength));

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
                    throw Libc.Failed(what);
            }
            int error = BinaryPrimitives.ReadInt32LittleEndian(answer.AsSpan(HeaderLength));
            if (BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(4)) != NLMSG_ERROR || error != 0)
                throw new IOException($"the kernel refuses {what} (error {-error})");
        }
        finally
        {
            _ = Libc.close(socket);
        }
    }

    /// <summary>A number as an attribute's value.</summary>
    public static byte[] Number(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    /// <summary>An attribute.</summary>
    public static byte[] Attribute(int type, ReadOnlySpan<byte> value)
    {
        int length = 4 + value.Length;
        byte[] attribute = new byte[(length + 3) & ~3];
        BinaryPrimitives.WriteUInt16LittleEndian(attribute, (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(attribute.AsSpan(2), (ushort)type);
        value.CopyTo(attribute.AsSpan(4));
        return attribute;
    }
}
