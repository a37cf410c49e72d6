using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Segmentation;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>tshark looks inside ESP with null encryption: it finds the sequence numbers, and every checksum right.</summary>
[Trait("Category", "Judges")]
public sealed class EspTests
{
    private const int Size = 1200;
    private const uint FirstSequence = 7;

    // What tshark's heuristic takes for null encryption: a check value of 12 bytes behind the trailer.
    private const int CheckValueLength = 12;

    private static readonly string[] Options =
    [
        "-o", "esp.enable_null_encryption_decode_heuristic:TRUE", "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE",
        "-o", "udp.check_checksum:TRUE", "-d", "tcp.port==40000,data", "-d", "udp.port==40000,data",
    ];

    [ToolFact("tshark")]
    public void Transports_inside_are_found_with_right_checksums()
    {
        foreach (IPFields ip in (IPFields[])[new IPv4Fields { Id = 0xFFFF }, new IPv6Fields()])
        {
            Judge(ip, Tcp(ip)[ip.HeaderLength..], IPProtocol.Tcp, ip is IPv4Fields ? GsoType.TcpV4 : GsoType.TcpV6, 0, "tcp");
            Judge(ip, Udp(ip)[ip.HeaderLength..], IPProtocol.Udp, GsoType.UdpL4, 0, "udp");
        }
    }

    [ToolFact("tshark")]
    public void Packets_inside_a_tunnel_are_found_with_right_checksums()
    {
        foreach (IPFields outer in (IPFields[])[new IPv4Fields { Id = 9 }, new IPv6Fields()])
        {
            Judge(outer, Tcp(new IPv4Fields()), IPProtocol.IPv4, GsoType.TcpV4, 20, "tcp");
            Judge(outer, Tcp(new IPv6Fields()), IPProtocol.IPv6, GsoType.TcpV6, 40, "tcp");
            Judge(outer, Udp(new IPv4Fields()), IPProtocol.IPv4, GsoType.UdpL4, 20, "udp");
        }
    }

    private static byte[] Tcp(IPFields ip) => Frames.Tcp(ip, new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(5000));

    private static byte[] Udp(IPFields ip) => Frames.Udp(ip, new UdpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(5000));

    private static void Judge(IPFields outer, byte[] inside, IPProtocol next, GsoType type, int innerLength, string protocol)
    {
        List<byte[]> frames = Cut(outer, inside, next, type, innerLength);
        using var folder = new TempFolder();
        string capture = folder.Write("esp.pcap", PlainCapture.WritePcap(1, frames));
        ProcessRun run = ProcessRun.Run(
            "tshark", ["-n", "-r", capture, .. Options, "-T", "fields", "-e", "esp.sequence", "-e", "esp.pad_len", "-e", $"{protocol}.checksum.status"]);
        Assert.True(run.ExitCode == 0, run.Error);
        string[] lines = run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((5000 + Size - 1) / Size, lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split('\t');
            Assert.Equal($"{FirstSequence + i}", cells[0]);
            Assert.InRange(int.Parse(cells[1]), 0, 3);
            // 1: right.
            Assert.Equal("1", cells[2]);
        }
    }

    private static List<byte[]> Cut(IPFields outer, byte[] inside, IPProtocol next, GsoType type, int innerLength)
    {
        byte[] esp = [0xC0, 0, 0x12, 0x34, 0, 0, 0, (byte)FirstSequence, .. inside];
        int transport = 14 + outer.HeaderLength + EspHeader.Size + innerLength;
        var state = new OffloadState
        {
            Checksum = ChecksumState.Partial,
            ChecksumStart = transport,
            ChecksumOffset = type == GsoType.UdpL4 ? (ushort)6 : (ushort)16,
            GsoType = type | GsoType.Esp,
            GsoSize = Size,
            EspNextHeader = next,
        };
        using var pool = new PacketPool();
        using var segments = new PacketQueue();
        using Packet packet = pool.Rent(Frames.Ethernet(outer.Wrap(50, esp)), state);
        Assert.Equal(DropReason.None, GenericSegmentation.Segment(packet, DeviceFeatures.None, segments));
        var frames = new List<byte[]>();
        while (segments.Dequeue() is { } segment)
        {
            Assert.True(EspTrailer.TryAppend(segment, blockSize: 4, CheckValueLength));
            byte[] bytes = new byte[segment.Length];
            segment.CopyTo(bytes);
            frames.Add(bytes);
            segment.Dispose();
        }
        return frames;
    }
}
