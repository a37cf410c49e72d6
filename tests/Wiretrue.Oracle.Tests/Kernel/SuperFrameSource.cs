using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>Seeded random super-frames, and plain frames with a half-made checksum, that the kernel accepts.</summary>
public sealed class SuperFrameSource
{
    // More segments make a slow test, and find nothing that fewer do not.
    private const int MostTcpSegments = 400;

    // UDP_MAX_SEGMENTS: the kernel refuses more.
    private const int MostUdpSegments = 128;

    /// <summary>Bytes of link and IP headers with all their extensions, and TCP's with all its options: never more in what is made here.</summary>
    public const int LongestHeaders = 300;

    private const int DirectTunnelRoom = 120;

    private static readonly int[] CommonSizes = [536, 1220, 1288, 1360, 1400, 1428, 1440, 1448, 1452, 1460, 8948];

    private readonly Random _random;
    private readonly PacketSource _packets;
    private readonly EncapsulationSource _encapsulations;

    /// <summary>A source that makes the same again for the same <paramref name="seed"/>.</summary>
    public SuperFrameSource(int seed)
    {
        _random = new Random(seed);
        _packets = new PacketSource(_random);
        _encapsulations = new EncapsulationSource(_random, _packets);
    }

    /// <summary>A TCP or UDP super-frame; its size can be beyond its payload, and then it is none.</summary>
    public SuperFrame Next(bool inTunnel)
    {
        VnetHeader header = NextSuperPacket(inTunnel, DirectTunnelRoom, int.MaxValue, out IPFields ip, out byte[] packet, out string description);
        return inTunnel ? InTunnel(header, ip, packet, description) : Plain(header, ip, packet, _packets.NextTags(), description);
    }

    /// <summary>One that the kernel is to wrap in a tunnel.</summary>
    /// <param name="mostTags">VLAN tags that it may have.</param>
    /// <param name="longestSingle">The longest frame that the kernel wraps when it is no super-frame.</param>
    public SuperFrame NextToWrap(int mostTags, int longestSingle)
    {
        VnetHeader header = NextSuperPacket(
            inTunnel: false, EncapsulationSource.LongestHeaders, longestSingle - LongestHeaders, out IPFields ip, out byte[] packet,
            out string description);
        (ushort, ushort)[] tags = _packets.NextTags();
        return Plain(header, ip, packet, tags.Length > mostTags ? [] : tags, description);
    }

    /// <summary>A TCP super-frame that the kernel is to forward and to wrap on the way.</summary>
    public SuperFrame NextToRoute()
    {
        while (true)
        {
            SuperFrame sent = NextToWrap(mostTags: 0, int.MaxValue);
            ReadOnlySpan<byte> packet = sent.Frame.AsSpan(14);
            bool tcp = sent.Header.ChecksumOffset == 16;
            bool isSuper = sent.Header.GsoSize > EncapsulationSource.LongestHeaders && sent.Frame.Length > sent.Header.GsoSize + LongestHeaders;
            // Options and hop-by-hop headers are a router's business, which may change or drop them; and so is a packet whose time is over.
            bool plain = packet[0] == 0x45 ? packet[8] > 1 : packet[0] >> 4 == 6 && packet[6] != 0 && packet[7] > 1;
            if (tcp && isSuper && plain)
                return sent;
        }
    }

    /// <summary>A tunnel with a checksum for a frame without tags.</summary>
    public Encapsulation NextWithChecksum(SuperFrame sent) =>
        _encapsulations.NextWithChecksum(sent.Frame[14] >> 4 == 4, sent.Frame.Length - 14);

    /// <summary>A tunnel for a frame without tags, or with one.</summary>
    public Encapsulation NextEncapsulation(SuperFrame sent)
    {
        ReadOnlySpan<byte> packet = sent.Frame.AsSpan(Encapsulation.LinkLength(sent.Frame));
        return _encapsulations.Next(packet[0] >> 4 == 4, packet.Length);
    }

    /// <summary>TCP of about 64 KiB and more: its IP length is 0, or in a jumbo payload option (BIG TCP).</summary>
    public SuperFrame NextBig()
    {
        IPFields ip = _packets.NextIP() with { LengthField = 0 };
        byte[] options = _packets.NextTcpOptions();
        int payload = _random.Next(65_000, 200_000);
        (ushort, ushort)[] tags = _packets.NextTags();
        // Linux takes the option out only of a header of its own before TCP, of what needs it, and not below a second tag; we do always.
        if (ip is IPv6Fields { Extensions.Count: 0 } v6 && tags.Length < 2 && payload > ushort.MaxValue)
            ip = PacketSource.WithJumboOption(v6, 20 + options.Length + payload);
        int size = NextSize(payload, MostTcpSegments);
        byte[] packet = _packets.NextPacket(ip, tcp: true, options, payload, out int flags);
        return Plain(HeaderOf(ip, tcp: true, flags, size), ip, packet, tags, $"TCP {payload} by {size} in {ip}");
    }

    /// <summary>A datagram that is to be cut into IP fragments; its checksum is owed or not.</summary>
    public SuperFrame NextDatagram()
    {
        IPFields ip = _packets.NextIP();
        // Destination options behind a routing header belong to the first fragment alone. The kernel puts them into each.
        if (ip is IPv6Fields v6)
            ip = v6 with { Extensions = [.. v6.Extensions.TakeWhile((_, i) => i == 0 || v6.Extensions[i - 1].Number != 43)] };
        int payload = NextPayloadLength(ip.HeaderLength + LongestHeaders);
        // Of other sizes the kernel makes fragments that overlap.
        int size = Math.Clamp(NextSize(payload, MostTcpSegments) & ~7, 8, 65000);
        byte[] packet = _packets.NextPacket(ip, tcp: false, [], payload, out _);
        var header = new VnetHeader { Flags = VnetHeader.NeedsChecksum, GsoType = VnetHeader.GsoUdp, GsoSize = (ushort)size, ChecksumOffset = 6 };
        SuperFrame sent = Plain(header, ip, packet, _packets.NextTags(), $"UDP {payload} in fragments of {size} in {ip}");
        // Without a checksum to tell where, the kernel counts headers as payload, and drops what is in one fragment after all.
        bool isOwed = payload < size + LongestHeaders || _packets.Chance(0.7);
        return isOwed ? sent : sent with { Header = header with { Flags = 0, ChecksumOffset = 0 } };
    }

    /// <summary>A frame that is no super-frame, with a half-made checksum.</summary>
    public SuperFrame NextPartial()
    {
        bool tcp = _packets.Chance(0.5);
        IPFields ip = _packets.NextIP();
        byte[] options = tcp ? _packets.NextTcpOptions() : [];
        byte[] packet = _packets.NextPacket(ip, tcp, options, _packets.Chance(0.1) ? 0 : _random.Next(9000), out _);
        var header = new VnetHeader { Flags = VnetHeader.NeedsChecksum, ChecksumOffset = (ushort)(tcp ? 16 : 6) };
        return Plain(header, ip, packet, _packets.NextTags(), $"{(tcp ? "TCP" : "UDP")} without GSO in {ip}");
    }

    private VnetHeader NextSuperPacket(
        bool inTunnel, int room, int longestSingle, out IPFields ip, out byte[] packet, out string description)
    {
        bool tcp = _packets.Chance(0.7);
        ip = _packets.NextIP();
        byte[] options = tcp ? _packets.NextTcpOptions() : [];
        int payload = NextPayloadLength(ip.HeaderLength + options.Length + room);
        int size = NextSize(payload, tcp ? MostTcpSegments : MostUdpSegments);
        if (inTunnel && size >= payload)
        {
            // What is none after all keeps its tunnel's type in the kernel, and then no TAP can read it.
            payload = size + 1 + _random.Next(20);
        }
        else if (size >= payload && payload > longestSingle)
        {
            size = payload - 1;
        }
        else if (size >= payload)
        {
            // The kernel counts TCP's options as payload when it decides whether this is a super-frame, and then drops one that is none.
            size += options.Length;
        }
        packet = _packets.NextPacket(ip, tcp, options, payload, out int flags);
        description = $"{(tcp ? "TCP" : "UDP")} {payload} by {size} in {ip}";
        return HeaderOf(ip, tcp, flags, size);
    }

    private static VnetHeader HeaderOf(IPFields ip, bool tcp, int flags, int size)
    {
        byte type = (tcp, ip) switch
        {
            (true, IPv4Fields) => VnetHeader.GsoTcpV4,
            (true, _) => VnetHeader.GsoTcpV6,
            _ => VnetHeader.GsoUdpL4,
        };
        if (tcp && (flags & TcpFields.Cwr) != 0)
            type |= VnetHeader.GsoEcn;
        return new VnetHeader
        {
            Flags = VnetHeader.NeedsChecksum,
            GsoType = type,
            GsoSize = (ushort)size,
            ChecksumOffset = (ushort)(tcp ? 16 : 6),
        };
    }

    private static SuperFrame Plain(VnetHeader header, IPFields ip, byte[] packet, (ushort, ushort)[] tags, string description)
    {
        int link = 14 + (4 * tags.Length);
        return new SuperFrame(
            header with { ChecksumStart = (ushort)(link + ip.HeaderLength), HeaderLength = (ushort)(link + ip.HeaderLength + 8) },
            Frames.Ethernet(packet, tags), $"{description}, {tags.Length} tags");
    }

    private SuperFrame InTunnel(VnetHeader header, IPFields inner, byte[] packet, string description)
    {
        IPFields outer = _packets.NextOuter();
        bool checksum = _packets.Chance(0.5);
        byte[] options = _packets.Chance(0.5) ? [] : EncapsulationSource.GeneveOption(_random.Next(4));
        bool vxlan = _packets.Chance(0.5);
        byte[] tunnelled = vxlan
            ? Frames.Vxlan(outer, checksum ? FieldChecksum.Partial : FieldChecksum.Zero, Frames.Ethernet(packet))
            : Frames.Geneve(outer, checksum ? FieldChecksum.Partial : FieldChecksum.Zero, Frames.Ethernet(packet), options: options);
        int udp = 14 + outer.HeaderLength;
        int network = udp + 8 + 8 + (vxlan ? 0 : options.Length) + 14;
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
            Frames.Ethernet(tunnelled), $"{description}, {(vxlan ? "VXLAN" : $"Geneve with {options.Length} bytes of options")}, "
                + $"{(checksum ? "with" : "without")} checksum in {outer}");
    }

    private int NextPayloadLength(int headers) => _random.Next(10) switch
    {
        0 => _random.Next(100),
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
}
