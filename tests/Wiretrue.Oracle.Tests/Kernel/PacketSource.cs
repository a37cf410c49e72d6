using System.Buffers.Binary;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>Seeded random packets: IP headers, their options and extension headers, TCP and UDP on them.</summary>
internal sealed class PacketSource(Random random)
{
    /// <summary>An IP header.</summary>
    public IPFields NextIP() => Chance(0.5)
        ? new IPv4Fields
        {
            Id = Chance(0.2) ? (ushort)(65535 - random.Next(20)) : (ushort)random.Next(65536),
            DontFragment = Chance(0.7),
            HopLimit = (byte)random.Next(1, 256),
            TrafficClass = (byte)random.Next(256),
            Options = NextIPv4Options(),
        }
        : new IPv6Fields
        {
            FlowLabel = random.Next(1 << 20),
            HopLimit = (byte)random.Next(1, 256),
            TrafficClass = (byte)random.Next(256),
            Extensions = NextExtensions(),
        };

    /// <summary>A tunnel's outer IP header: no longer than it must be.</summary>
    public IPFields NextOuter() => Chance(0.5)
        ? new IPv4Fields { Id = (ushort)random.Next(65536), DontFragment = Chance(0.5), HopLimit = (byte)random.Next(1, 256) }
        : new IPv6Fields { FlowLabel = random.Next(1 << 20), HopLimit = (byte)random.Next(1, 256) };

    // Record Route (RFC 791) of a random length, padded with no-operations.
    private byte[] NextIPv4Options()
    {
        if (Chance(0.7))
            return [];
        byte[] options = new byte[4 * random.Next(1, 11)];
        options.AsSpan().Fill(1);
        int slots = random.Next(0, ((options.Length - 3) / 4) + 1);
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
            chain.Add((0, Padding(random.Next(4))));
        if (Chance(0.15))
            chain.Add((60, Padding(random.Next(4))));
        // A routing header of an unknown type with nothing left to visit: to be passed over (RFC 8200 4.4).
        if (Chance(0.15))
            chain.Add((43, [0, 0, 253, 0, 0, 0, 0, 0]));
        if (Chance(0.15))
            chain.Add((60, Padding(random.Next(4))));
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

    /// <summary>TCP's options.</summary>
    public byte[] NextTcpOptions()
    {
        if (Chance(0.5))
            return TcpFields.Timestamps;
        byte[] options = new byte[4 * random.Next(11)];
        options.AsSpan().Fill(1);
        return options;
    }

    /// <summary>The VLAN tags of a frame: mostly none.</summary>
    public (ushort, ushort)[] NextTags() => random.Next(10) switch
    {
        0 => [(0x8100, (ushort)random.Next(65536))],
        1 => [(0x88A8, (ushort)random.Next(65536)), (0x8100, (ushort)random.Next(65536))],
        _ => [],
    };

    /// <summary>A packet whose checksum is half-made.</summary>
    public byte[] NextPacket(IPFields ip, bool tcp, byte[] options, int payload, out int flags)
    {
        byte[] bytes = NextPayload(payload);
        flags = random.Next(0x1000);
        return tcp
            ? Frames.Tcp(ip, new TcpFields
            {
                SourcePort = (ushort)random.Next(1024, 65536),
                DestinationPort = (ushort)random.Next(1, 65536),
                Sequence = Chance(0.2) ? uint.MaxValue - (uint)random.Next(70000) : (uint)random.NextInt64(1L << 32),
                Acknowledgment = (uint)random.NextInt64(1L << 32),
                Flags = (ushort)flags,
                Window = (ushort)random.Next(65536),
                UrgentPointer = (ushort)random.Next(65536),
                Options = options,
                Checksum = FieldChecksum.Partial,
            }, bytes)
            : Frames.Udp(ip, new UdpFields
            {
                SourcePort = (ushort)random.Next(1024, 65536),
                // Out of the way of the tunnels' ports.
                DestinationPort = (ushort)random.Next(10000, 65536),
                Checksum = FieldChecksum.Partial,
            }, bytes);
    }

    /// <summary>Adds a hop-by-hop header with the length that the length field cannot say (RFC 2675).</summary>
    /// <param name="ip">The header, its length field 0, without extensions.</param>
    /// <param name="length">Bytes of what the packet carries.</param>
    public static IPv6Fields WithJumboOption(IPv6Fields ip, int length)
    {
        byte[] jumbo = [0, 0, 0xC2, 4, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(jumbo.AsSpan(4), jumbo.Length + length);
        return ip with { Extensions = [(0, jumbo)] };
    }

    // All zeros and all ones are what a one's complement sum cannot tell apart.
    private byte[] NextPayload(int length)
    {
        byte[] bytes = new byte[length];
        switch (random.Next(20))
        {
            case 0:
                break;
            case 1:
                bytes.AsSpan().Fill(0xFF);
                break;
            default:
                random.NextBytes(bytes);
                break;
        }
        return bytes;
    }

    /// <summary>True as often as <paramref name="probability"/> says.</summary>
    public bool Chance(double probability) => random.NextDouble() < probability;
}
