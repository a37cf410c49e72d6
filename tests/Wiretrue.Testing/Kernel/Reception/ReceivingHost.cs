using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Wiretrue.Testing.Interop;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Testing.Kernel.Reception;

/// <summary>
/// The kernel as a host that receives: a TAP device with addresses, sockets and VXLAN devices, into which frames are put as if they came from a
/// wire. What it took, it shows.
/// </summary>
/// <remarks>
/// <code>
///                            ┌─ UDP, UDP-Lite ──► sockets: datagrams
///   Put ──write──► TAP ──► IP├─ VXLAN ──► inner IP ──► the same sockets
///                            ├─ TCP, no listener ──► RST ─────┐
///                            └─ ICMP echo ──► echo reply ─────┴──► TAP ──read──► frames
/// </code>
/// Every frame has a mark of its own, by which it is told from the others of a batch: the first four bytes of a datagram, TCP's sequence number
/// divided by 4096, or the identifier and sequence number of an echo request.
/// </remarks>
public sealed class ReceivingHost : IDisposable
{
    /// <summary>The port of all sockets.</summary>
    public const ushort Port = 7777;

    private const uint LastMark = uint.MaxValue;
    private const int UdpLite = 136;

    private static int _count;

    private readonly TapDevice _tap;
    private readonly List<Socket> _sockets = [];
    private readonly List<string> _tunnels = [];
    private readonly byte[] _buffer = new byte[70_000];

    private ReceivingHost(TapDevice tap) => _tap = tap;

    /// <summary>The host's addresses.</summary>
    public static (string V4, string V6) Local => ("192.0.2.129", "2001:db8:77::1");

    /// <summary>The addresses of who sends to it.</summary>
    public static (string V4, string V6) Remote => ("192.0.2.130", "2001:db8:77::2");

    /// <summary>
    /// Its VXLAN devices: with each of the settings that decide what they take. (That remote checksums are not wanted is not to be said: Linux 6.18
    /// takes the flag for a known one then, and ignores it.)
    /// </summary>
    public static HostTunnel[] Tunnels { get; } =
    [
        new(7, IsIPv6: false, 4789, "learning", "192.0.2.145", "192.0.2.146"),
        new(8, IsIPv6: false, 8472, "remcsumrx", "192.0.2.161", "192.0.2.162"),
        new(9, IsIPv6: true, 4789, "udp6zerocsumrx", "192.0.2.177", "192.0.2.178"),
        new(10, IsIPv6: true, 8472, "noudp6zerocsumrx", "192.0.2.193", "192.0.2.194"),
    ];

    /// <summary>UDP-Lite sockets were to be had: later kernels have none.</summary>
    public bool HasUdpLite { get; private set; }

    /// <summary>Makes the host.</summary>
    /// <param name="isPolled">What is put waits for a poll (<c>IFF_NAPI</c>).</param>
    public static ReceivingHost Create(bool isPolled = false)
    {
        var host = new ReceivingHost(TapDevice.Create($"rx{Interlocked.Increment(ref _count)}", offloads: 0, VnetHeader.PlainLength, isPolled));
        try
        {
            host.SetUp();
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>An Ethernet frame to the host from its neighbour, or inside a tunnel with the stations of its ends.</summary>
    public static byte[] Frame(byte[] packet, HostTunnel? tunnel = null)
    {
        byte[] frame = Frames.Ethernet(packet);
        frame[5] = tunnel?.Station ?? 0x31;
        frame[11] = (byte)(tunnel is null ? 0x32 : 0x80 + tunnel.Identifier);
        return frame;
    }

    /// <summary>Puts a frame on the wire to the host; false when the kernel refuses its header.</summary>
    public bool Put(in VnetHeader header, ReadOnlySpan<byte> frame) => _tap.TryWrite(header, frame);

    /// <summary>Waits until the host has gone through all that was put, and returns the marks of what it took.</summary>
    public HashSet<uint> Collect()
    {
        byte[] last = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(last, LastMark);
        Put(default, Frame(Frames.Udp(
            new IPv4Fields { Source = IPAddress.Parse(Remote.V4), Destination = IPAddress.Parse(Local.V4) },
            new UdpFields { DestinationPort = Port }, last)));
        var marks = new HashSet<uint>();
        long start = Stopwatch.GetTimestamp();
        while (!marks.Contains(LastMark) && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1))
            Gather(marks);
        // Another processor may still be at an earlier one.
        do
            _tap.WaitToRead(TimeSpan.FromMilliseconds(1));
        while (Gather(marks));
        marks.Remove(LastMark);
        return marks;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Socket socket in _sockets)
            socket.Dispose();
        foreach (string tunnel in _tunnels)
            NetworkInterface.Ip("link", "del", tunnel);
        _tap.Dispose();
    }

    private static string Station(byte last) => $"02:00:00:00:00:{last:x2}";

    private void SetUp()
    {
        string device = _tap.Name;
        NetworkInterface.BringUp(device, "address", Station(0x31), "txqueuelen", "10000");
        NetworkInterface.AllowIPv6(device);
        NetworkInterface.Ip("addr", "add", $"{Local.V4}/28", "dev", device);
        NetworkInterface.Ip("addr", "add", $"{Local.V6}/64", "dev", device, "nodad");
        NetworkInterface.Ip("neigh", "replace", Remote.V4, "lladdr", Station(0x32), "dev", device, "nud", "permanent");
        NetworkInterface.Ip("neigh", "replace", Remote.V6, "lladdr", Station(0x32), "dev", device, "nud", "permanent");
        foreach (HostTunnel tunnel in Tunnels)
            Add(tunnel);
        Listen(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp), IPAddress.Any);
        Listen(new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp), IPAddress.Parse(Local.V6));
        HasUdpLite = ListenUdpLite(2, IPAddress.Any) && ListenUdpLite(10, IPAddress.Parse(Local.V6));
        Collect();
    }

    private void Add(HostTunnel tunnel)
    {
        string name = $"{_tap.Name}-v{tunnel.Identifier}";
        (string local, string remote) = tunnel.IsIPv6 ? (Local.V6, Remote.V6) : (Local.V4, Remote.V4);
        NetworkInterface.Ip(
            "link", "add", name, "type", "vxlan", "id", $"{tunnel.Identifier}", "local", local, "remote", remote,
            "dstport", $"{tunnel.Port}", tunnel.Setting, "dev", _tap.Name);
        _tunnels.Add(name);
        NetworkInterface.BringUp(name, "address", Station(tunnel.Station));
        NetworkInterface.Ip("addr", "add", $"{tunnel.Local}/28", "dev", name);
        NetworkInterface.Ip(
            "neigh", "replace", tunnel.Remote, "lladdr", Station((byte)(0x80 + tunnel.Identifier)), "dev", name, "nud", "permanent");
    }

    private bool ListenUdpLite(int family, IPAddress at)
    {
        const int Datagrams = 2;
        int descriptor = Libc.socket(family, Datagrams | Libc.O_CLOEXEC, UdpLite);
        if (descriptor < 0)
            return false;
        Listen(new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)), at);
        return true;
    }

    private void Listen(Socket socket, IPAddress at)
    {
        _sockets.Add(socket);
        socket.Blocking = false;
        socket.ReceiveBufferSize = 1 << 20;
        socket.Bind(new IPEndPoint(at, Port));
    }

    /// <summary>Takes what has arrived; false when that is nothing.</summary>
    private bool Gather(HashSet<uint> marks)
    {
        int before = marks.Count;
        foreach (Socket socket in _sockets)
        {
            while (TryReceive(socket, out int length))
            {
                if (length >= sizeof(uint))
                    marks.Add(BinaryPrimitives.ReadUInt32BigEndian(_buffer));
            }
        }
        while (_tap.TryTake(out _, out ReadOnlySpan<byte> frame))
        {
            if (TryReadReply(frame, out uint mark))
                marks.Add(mark);
        }
        return marks.Count != before;
    }

    private bool TryReceive(Socket socket, out int length)
    {
        length = socket.Receive(_buffer, SocketFlags.None, out SocketError error);
        return error is SocketError.Success or SocketError.MessageSize;
    }

    /// <summary>The mark that an RST acknowledges, or that an echo reply returns.</summary>
    private static bool TryReadReply(ReadOnlySpan<byte> frame, out uint mark)
    {
        mark = 0;
        bool isIPv6 = frame[12] == 0x86;
        int transport = isIPv6 ? 54 : 34;
        if (frame.Length < transport + 8)
            return false;
        switch (frame[isIPv6 ? 20 : 23])
        {
            case 6 when frame.Length >= transport + 20 && (frame[transport + 13] & 4) != 0:
                mark = (BinaryPrimitives.ReadUInt32BigEndian(frame[(transport + 8)..]) - 1) >> 12;
                return true;
            case 1 when frame[transport] == 0:
            case 58 when frame[transport] == 129:
                mark = BinaryPrimitives.ReadUInt32BigEndian(frame[(transport + 4)..]);
                return true;
            default:
                return false;
        }
    }
}
