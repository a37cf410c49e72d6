using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>Seeded random super-frames, and plain frames with a half-made checksum, that the kernel accepts.</summary>
public sealed class SuperFrameSource(int seed)
{
    // More segments make a slow test, and find nothing that fewer do not.
    private const int MostTcpSegments = 400;

    // UDP_MAX_SEGMENTS: the kernel refuses more.
    private const int MostUdpSegments = 128;

    // Link and IP headers with all their extensions, and TCP's with all its options: never more in what is made here.
    private const int LongestHeaders = 300;

    private static readonly int[] CommonSizes = [536, 1220, 1288, 1360, 1400, 1428, 1440, 1448, 1452, 1460, 8948];

    private readonly Random _random = new(seed);

    /// <summary>A TCP or UDP super-frame; its size can be beyond its payload, and then it is none.</summary>
    public SuperFrame Next(bool inTunnel)
    {
        bool tcp = Chance(0.7);
        IPFields ip = NextIP();
        byte[] options = tcp ? NextTcpOptions() : [];
        int payload = NextPayloadLength(ip.HeaderLength + options.Length + 120);
        int size = NextSize(payload, tcp ? MostTcpSegments : MostUdpSegments);
        if (inTunnel && size >= payload)
        {
            // What is none after all keeps its tunnel's type in the kernel, and then no TAP can read it.
            payload = size + 1 + _random.Next(20);
        }
        else if (size >= payload)
        {
            // The kernel counts TCP's options as payload when it decides whether this is a super-frame, and then drops one that is none.
            size += options.Length;
        }
        byte[] packet = NextPacket(ip, tcp, options, payload, out int flags);
        byte type = (tcp, ip) switch
        {
            (true, IPv4Fields) => VnetHeader.GsoTcpV4,
            (true, _) => VnetHeader.GsoTcpV6,
            _ => VnetHeader.GsoUdpL4,
        };
        if (tcp && (flags & TcpFields.Cwr) != 0)
            type |= VnetHeader.GsoEcn;
        var header = new VnetHeader
        {
            Flags = VnetHeader.NeedsChecksum,
            GsoType = type,
            GsoSize = (ushort)size,
            ChecksumOffset = (ushort)(tcp ? 16 : 6),
        };
        string description = $"{(tcp ? "TCP" : "UDP")} {payload} by {size} in {ip}";
        return inTunnel ? InTunnel(header, ip, packet, description) : Plain(header, ip, packet, description);
    }

    /// <summary>A frame that is no super-frame, with a half-made checksum.</summary>
    public SuperFrame NextPartial()
    {
        bool tcp = Chance(0.5);
        IPFields ip = NextIP();
        byte[] options = tcp ? NextTcpOptions() : [];
        byte[] packet = NextPacket(ip, tcp, options, Chance(0.1) ? 0 : _random.Next(9000), out _);
        var header = new VnetHeader { Flags = VnetHeader.NeedsChecksum, ChecksumOffset = (ushort)(tcp ? 16 : 6) };
        return Plain(header, ip, packet, $"{(tcp ? "TCP" : "UDP")} without GSO in {ip}");
    }

    /// <summary>Any frame that is in no tunnel: a super-frame or none, its checksum owed or not.</summary>
    public SuperFrame NextAny()
    {
        int kind = _random.Next(10);
        if (kind >= 6)
        {
            SuperFrame single = NextPartial();
            return kind == 6 ? single with { Header = single.Header with { Flags = 0, ChecksumStart = 0, ChecksumOffset = 0 } } : single;
        }
        SuperFrame sent = Next(inTunnel: false);
        bool tcp = (sent.Header.GsoType & 0x0F) != VnetHeader.GsoUdpL4;
        // The bit need not agree with the flag: it is the bit that a device without ECN may not be given.
        if (tcp && kind == 0)
            return sent with { Header = sent.Header with { GsoType = (byte)(sent.Header.GsoType ^ VnetHeader.GsoEcn) } };
        // The kernel refuses this for UDP. It counts the headers as payload then, and drops what is no super-frame after all.
        return tcp && kind == 1 && sent.Frame.Length > sent.Header.GsoSize + LongestHeaders
            ? sent with { Header = sent.Header with { Flags = 0, ChecksumStart = 0, ChecksumOffset = 0 } }
            : sent;
    }

    private SuperFrame Plain(VnetHeader header, IPFields ip, byte[] packet, string description)
    {
        (ushort, ushort)[] tags = NextTags();
        int link = 14 + (4 * tags.Length);
        return new SuperFrame(
            header with { ChecksumStart = (ushort)(link + ip.HeaderLength), HeaderLength = (ushort)(link + ip.HeaderLength + 8) },
            Frames.Ethernet(packet, tags), $"{description}, {tags.Length} tags");
    }

    private SuperFrame InTunnel(VnetHeader header, IPFields inner, byte[] packet, string description)
    {
        IPFields outer = NextOuter();
        bool checksum = Chance(0.5);
        byte[] tunnelled = Chance(0.5)
            ? Frames.Vxlan(outer, checksum ? FieldChecksum.Partial : FieldChecksum.Zero, Frames.Ethernet(packet))
            : Frames.Geneve(outer, checksum ? FieldChecksum.Partial : FieldChecksum.Zero, Frames.Ethernet(packet));
        int udp = 14 + outer.HeaderLength;
        int network = udp + 8 + 8 + 14;
        return new SuperFrame(
            header with
            {
                Flags = (byte)(header.Flags | (checksum ? VnetHeader.UdpTunnelChecksum : 0)),
                GsoType = (byte)(header.GsoType | (outer is IPv4Fields ? VnetHeader.GsoUdpTunnelV4 : VnetHeader.GsoUdpTunnelV6)),
                ChecksumStart = (ushort)(network + inner.HeaderLength),
                HeaderLength = (ushort)(network + inner.HeaderLength + 8),
                OuterTransportOffset = (ushort)udp,
                InnerNetworkOffset = (ushort)network,
            },
            Frames.Ethernet(tunnelled), $"{description}, tunnel {(checksum ? "with" : "without")} checksum in {outer}");
    }

    private byte[] NextPacket(IPFields ip, bool tcp, byte[] options, int payload, out int flags)
    {
        byte[] bytes = new byte[payload];
        _random.NextBytes(bytes);
        flags = _random.Next(0x1000);
        return tcp
            ? Frames.Tcp(ip, new TcpFields
            {
                SourcePort = (ushort)_random.Next(1024, 65536),
                DestinationPort = (ushort)_random.Next(1, 65536),
                Sequence = Chance(0.2) ? uint.MaxValue - (uint)_random.Next(70000) : (uint)_random.NextInt64(1L << 32),
                Acknowledgment = (uint)_random.NextInt64(1L << 32),
                Flags = (ushort)flags,
                Window = (ushort)_random.Next(65536),
                UrgentPointer = (ushort)_random.Next(65536),
                Options = options,
                Checksum = FieldChecksum.Partial,
            }, bytes)
            : Frames.Udp(ip, new UdpFields
            {
                SourcePort = (ushort)_random.Next(1024, 65536),
                // Out of the way of the tunnels' ports.
                DestinationPort = (ushort)_random.Next(10000, 65536),
                Checksum = FieldChecksum.Partial,
            }, bytes);
    }

    private IPFields NextIP() => Chance(0.5)
        ? new IPv4Fields
        {
            Id = Chance(0.2) ? (ushort)(65535 - _random.Next(20)) : (ushort)_random.Next(65536),
            DontFragment = Chance(0.7),
            HopLimit = (byte)_random.Next(1, 256),
            TrafficClass = (byte)_random.Next(256),
            Options = NextIPv4Options(),
        }
        : new IPv6Fields
        {
            FlowLabel = _random.Next(1 << 20),
            HopLimit = (byte)_random.Next(1, 256),
            TrafficClass = (byte)_random.Next(256),
            Extensions = NextExtensions(),
        };

    private IPFields NextOuter() => Chance(0.5)
        ? new IPv4Fields { Id = (ushort)_random.Next(65536), DontFragment = Chance(0.5), HopLimit = (byte)_random.Next(1, 256) }
        : new IPv6Fields { FlowLabel = _random.Next(1 << 20), HopLimit = (byte)_random.Next(1, 256) };

    // Record Route (RFC 791) of a random length, padded with no-operations.
    private byte[] NextIPv4Options()
    {
        if (Chance(0.7))
            return [];
        byte[] options = new byte[4 * _random.Next(1, 11)];
        options.AsSpan().Fill(1);
        int slots = _random.Next(0, ((options.Length - 3) / 4) + 1);
        options[0] = 7;
        options[1] = (byte)(3 + (4 * slots));
        options[2] = 4;
        options.AsSpan(3, 4 * slots).Clear();
        return options;
    }

    private List<(byte, byte[])> NextExtensions()
    {
        var chain = new List<(byte, byte[])>();
        if (Chance(0.2))
            chain.Add((0, Padding(_random.Next(4))));
        if (Chance(0.15))
            chain.Add((60, Padding(_random.Next(4))));
        // A routing header of an unknown type with nothing left to visit: to be passed over (RFC 8200 4.4).
        if (Chance(0.15))
            chain.Add((43, [0, 0, 253, 0, 0, 0, 0, 0]));
        if (Chance(0.15))
            chain.Add((60, Padding(_random.Next(4))));
        return chain;

        // An options header that holds nothing but PadN.
        static byte[] Padding(int units)
        {
            byte[] header = new byte[8 * (units + 1)];
            header[1] = (byte)units;
            header[2] = 1;
            header[3] = (byte)(header.Length - 4);
            return header;
        }
    }

    private byte[] NextTcpOptions()
    {
        if (Chance(0.5))
            return TcpFields.Timestamps;
        byte[] options = new byte[4 * _random.Next(11)];
        options.AsSpan().Fill(1);
        return options;
    }

    private (ushort, ushort)[] NextTags() => _random.Next(10) switch
    {
        0 => [(0x8100, (ushort)_random.Next(65536))],
        1 => [(0x88A8, (ushort)_random.Next(65536)), (0x8100, (ushort)_random.Next(65536))],
        _ => [],
    };

    private int NextPayloadLength(int headers) => _random.Next(10) switch
    {
        0 => _random.Next(1, 100),
        1 => _random.Next(65535 - 200 - headers, 65535 - headers),
        < 6 => _random.Next(1, 9000),
        _ => _random.Next(1, 65535 - headers),
    };

    private int NextSize(int payload, int mostSegments)
    {
        int size = _random.Next(10) switch
        {
            0 => _random.Next(1, 50),
            1 => _random.Next(1, payload + 100),
            2 => Math.Max(1, payload / _random.Next(1, 10)),
            3 => payload + _random.Next(-1, 2),
            _ => CommonSizes[_random.Next(CommonSizes.Length)],
        };
        return Math.Clamp(size, Math.Max(1, (payload + mostSegments - 1) / mostSegments), 65000);
    }

    private bool Chance(double probability) => _random.NextDouble() < probability;
}
