using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Wiretrue.Linux.Interop;

/// <summary>Asks the kernel for links over rtnetlink (rtnetlink(7)), and reads what it says.</summary>
internal static class RouteNetlink
{
    private const int HeaderSize = 16;
    private const int LinkInfoSize = 16;

    // More than the kernel puts into one message of a dump; a link with many virtual functions may take more, and is asked for by its own length.
    private const int UsualAnswer = 64 << 10;

    /// <summary>One link by its name, or all of them.</summary>
    public static List<LinkAttributes> GetLinks(string? name)
    {
        string asked = name ?? "rtnetlink";
        using SafeFileHandle socket = Libc.Socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, Libc.NETLINK_ROUTE);
        if (socket.IsInvalid)
            Throw.Errno(asked);
        byte[] request = Request(name);
        if (Libc.Send(socket, request, (nuint)request.Length, 0) < 0)
            Throw.Errno(asked);

        var links = new List<LinkAttributes>();
        byte[] answer = new byte[UsualAnswer];
        while (Read(Receive(socket, ref answer, asked), links, asked, single: name is not null))
        {
        }
        return links;
    }

    /// <summary>Reads the messages of one datagram; false when no other datagram will follow.</summary>
    internal static bool Read(ReadOnlySpan<byte> answer, List<LinkAttributes> links, string asked, bool single)
    {
        while (answer.Length >= HeaderSize)
        {
            NetlinkHeader header = MemoryMarshal.Read<NetlinkHeader>(answer);
            if (header.Length < HeaderSize || header.Length > answer.Length)
                Throw.CutAnswer(asked);
            ReadOnlySpan<byte> body = answer[HeaderSize..(int)header.Length];
            switch (header.Type)
            {
                case NetlinkHeader.Done:
                    return false;
                case NetlinkHeader.Error:
                    int errno = body.Length < sizeof(int) ? 0 : -MemoryMarshal.Read<int>(body);
                    if (errno != 0)
                        Throw.Errno(asked, errno);
                    return false;
                case NetlinkHeader.NewLink when body.Length >= LinkInfoSize:
                    links.Add(Link(body));
                    break;
                default:
                    break;
            }
            answer = answer[Math.Min(AttributeReader.Aligned((int)header.Length), answer.Length)..];
        }
        return !single;
    }

    private static LinkAttributes Link(ReadOnlySpan<byte> body)
    {
        LinkInfo info = MemoryMarshal.Read<LinkInfo>(body);
        var link = new LinkAttributes { Name = "", Index = info.Index, HardwareType = info.Type };
        var reader = new AttributeReader(body[LinkInfoSize..]);
        while (reader.Next())
        {
            link = (LinkAttribute)reader.Type switch
            {
                LinkAttribute.Name => link with { Name = reader.Text },
                LinkAttribute.Info => link with { Kind = KindOf(reader.Value) },
                LinkAttribute.ParentBus => link with { ParentBus = reader.Text },
                LinkAttribute.Mtu => link with { Mtu = reader.Int32 },
                LinkAttribute.GsoMaxSize => link with { GsoMaxSize = reader.Int32 },
                LinkAttribute.GsoIPv4MaxSize => link with { GsoIPv4MaxSize = reader.Int32 },
                LinkAttribute.GsoMaxSegments => link with { GsoMaxSegments = reader.Int32 },
                LinkAttribute.GroMaxSize => link with { GroMaxSize = reader.Int32 },
                LinkAttribute.GroIPv4MaxSize => link with { GroIPv4MaxSize = reader.Int32 },
                LinkAttribute.TsoMaxSize => link with { TsoMaxSize = reader.Int32 },
                LinkAttribute.TsoMaxSegments => link with { TsoMaxSegments = reader.Int32 },
                LinkAttribute.NeededHeadroom => link with { NeededHeadroom = reader.Int16 },
                LinkAttribute.NeededTailroom => link with { NeededTailroom = reader.Int16 },
                _ => link,
            };
        }
        return link;
    }

    private static string KindOf(ReadOnlySpan<byte> info)
    {
        const ushort InfoKind = 1; // IFLA_INFO_KIND
        var reader = new AttributeReader(info);
        while (reader.Next())
        {
            if (reader.Type == InfoKind)
                return reader.Text;
        }
        return "";
    }

    private static byte[] Request(string? name)
    {
        int nameLength = name is null ? 0 : Encoding.UTF8.GetByteCount(name) + 1;
        int attribute = name is null ? 0 : 4 + nameLength;
        byte[] request = new byte[HeaderSize + LinkInfoSize + AttributeReader.Aligned(attribute)];
        MemoryMarshal.Write(request, new NetlinkHeader
        {
            Length = (uint)request.Length,
            Type = NetlinkHeader.GetLink,
            Flags = name is null ? (ushort)(NetlinkHeader.Request | NetlinkHeader.Dump) : NetlinkHeader.Request,
        });
        if (name is not null)
        {
            Span<byte> field = request.AsSpan(HeaderSize + LinkInfoSize);
            MemoryMarshal.Write(field, (ushort)attribute);
            MemoryMarshal.Write(field[sizeof(ushort)..], (ushort)LinkAttribute.Name);
            Encoding.UTF8.GetBytes(name, field[4..]);
        }
        return request;
    }

    private static ReadOnlySpan<byte> Receive(SafeFileHandle socket, ref byte[] answer, string asked)
    {
        while (true)
        {
            nint length = Libc.Receive(socket, answer, (nuint)answer.Length, Libc.MSG_PEEK | Libc.MSG_TRUNC);
            if (length > answer.Length)
            {
                answer = new byte[length];
                continue;
            }
            if (length >= 0)
                length = Libc.Receive(socket, answer, (nuint)answer.Length, 0);
            if (length >= 0)
                return answer.AsSpan(0, (int)length);
            int errno = Marshal.GetLastPInvokeError();
            if (errno != Libc.EINTR)
                Throw.Errno(asked, errno);
        }
    }
}
