using Wiretrue.Headers;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Headers;

public class PacketWalkFuzzTests
{
    private const int Rounds = 200_000;

    private static readonly LinkType[] LinkTypes = Enum.GetValues<LinkType>();

    [Fact]
    public void Whatever_the_bytes_the_layers_nest_and_nothing_throws()
    {
        var random = new Random(20);
        byte[][] seeds = [.. Seeds()];
        var layout = default(PacketLayout);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] packet = Mutate(seeds[random.Next(seeds.Length)], random);
            LinkType linkType = random.Next(4) == 0 ? LinkTypes[random.Next(LinkTypes.Length)] : LinkType.Ethernet;
            int originalLength = packet.Length + (random.Next(4) == 0 ? random.Next(200_000) : 0);
            PacketWalk.Walk(packet, originalLength, linkType, ref layout);
            AssertNested(packet, originalLength, layout);
            AssertChecksumsCanBeAsked(packet, layout);
        }
    }

    [Fact]
    public void Walking_allocates_nothing()
    {
        byte[][] seeds = [.. Seeds()];
        var layout = default(PacketLayout);
        long Walk()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (byte[] seed in seeds)
            {
                for (int length = 0; length <= Math.Min(seed.Length, 200); length++)
                {
                    PacketWalk.Walk(seed.AsSpan(0, length), seed.Length, LinkType.Ethernet, ref layout);
                    for (int i = layout.NextTransport(-1); i >= 0; i = layout.NextTransport(i))
                        TransportChecksum.Verify(seed.AsSpan(0, length), layout, i);
                }
            }
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Walk();
        Assert.Equal(0, Walk());
    }

    /// <summary>Frames of every kind that the walk knows.</summary>
    private static IEnumerable<byte[]> Seeds()
    {
        byte[] inner = Frames.Tcp(new IPv4Fields(), new TcpFields { Options = TcpFields.Timestamps }, Frames.Payload(64));
        byte[] inner6 = Frames.Udp(new IPv6Fields { Extensions = [(0, [0, 0, 0xC2, 4, 0, 0, 0, 80])] }, new UdpFields(), Frames.Payload(64));
        byte[] frame = Frames.Ethernet(inner);
        yield return RealBytes.TcpSynIPv4;
        yield return RealBytes.TcpSynIPv6;
        yield return RealBytes.VxlanTcpSyn;
        yield return frame;
        yield return Frames.Ethernet(inner6, (0x8100, 1), (0x88A8, 2));
        yield return Frames.Ethernet(Frames.Geneve(new IPv6Fields(), FieldChecksum.Good, frame));
        yield return Frames.Ethernet(0x8847, [0, 1, 0x41, 64, 0, 0, 0, 0, .. frame]);
        yield return Frames.Ethernet(0x8864, [0x11, 0, 0, 7, 0, (byte)(2 + inner.Length), 0, 0x21, .. inner]);
        yield return Frames.Ethernet((ushort)(8 + inner.Length), [0xAA, 0xAA, 3, 0, 0, 0, 8, 0, .. inner]);
        byte[] gre = [0xB0, 0, 0x65, 0x58, .. new byte[12], .. frame];
        yield return Frames.Ethernet(new IPv4Fields { Options = [131, 7, 4, 198, 51, 100, 2, 0] }.Wrap(47, gre));
        byte[] erspan = [0x10, 0, 0x22, 0xEB, 0, 0, 0, 1, 0x20, .. new byte[10], 1, .. new byte[8], .. frame];
        yield return Frames.Ethernet(new IPv4Fields().Wrap(47, erspan));
        IPv6Fields routed = new() { Extensions = [(43, [0, 4, 0, 1, .. new byte[36]]), (60, [0, 2, 0xC9, 16, .. new byte[20]])] };
        yield return Frames.Ethernet(routed.Wrap(41, inner6));
        byte[] gtp = [0x34, 0xFF, 0, (byte)(inner.Length + 8), 0, 0, 0, 1, 0, 0, 0, 0x85, 1, 0, 0, 0, .. inner];
        yield return Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields { DestinationPort = 2152 }, gtp));
        byte[] gue = [2, 47, 0, 1, 0x80, 0, 0, 0, 0, 38, 0, 54, 0, 0, 0x65, 0x58, .. frame];
        yield return Frames.Ethernet(Frames.Udp(new IPv6Fields(), new UdpFields { DestinationPort = 6080 }, gue));
        yield return Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields { DestinationPort = 6080 }, inner));
        yield return Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields { DestinationPort = 6635 }, [0, 1, 0, 64, 0, 2, 1, 64, .. inner]));
        yield return Frames.Ethernet(0x894F, [0x0F, 0xC6, 1, 3, 0, 0, 1, 255, .. new byte[16], .. frame]);
        yield return Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Good, Frames.Payload(40)));
        yield return Frames.Ethernet(new IPv4Fields().Wrap(136, [1, 2, 3, 4, 0, 8, 0, 0, .. new byte[20]]));
        yield return Frames.Ethernet(new IPv6Fields().Wrap(58, [128, 0, 0, 0, .. new byte[20]]));
        yield return [2, 0, 0, 5, 8, 0, 1, 0, 8, 0, 3, 0, (byte)(4 + inner.Length), 0, 9, 0, .. inner];
        yield return [0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0, .. inner];
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        byte[] packet = [.. seed.AsSpan(0, random.Next(3) == 0 ? random.Next(seed.Length + 1) : seed.Length)];
        for (int changes = random.Next(6); changes > 0 && packet.Length > 0; changes--)
        {
            int at = random.Next(Math.Min(packet.Length, 120));
            packet[at] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(packet[at] ^ (1 << random.Next(8))),
                _ => (byte)(random.Next(2) * 0xFF),
            };
        }
        return packet;
    }

    private static void AssertNested(byte[] packet, int originalLength, in PacketLayout layout)
    {
        int offset = 0;
        int end = originalLength;
        for (int i = 0; i < layout.Count; i++)
        {
            Layer layer = layout[i];
            bool nests = layer.Offset == offset && layer.Length >= layer.HeaderLength && layer.End <= end && layer.Kind != LayerKind.None;
            Assert.True(nests, $"layer {i}, {layer}, in {offset} to {end} of {Convert.ToHexString(packet)}");
            // Only the last layer may have a header that was not captured whole.
            Assert.True(i == layout.Count - 1 || layer.ContentOffset <= packet.Length);
            offset = layer.ContentOffset;
            end = layer.End;
        }
        Assert.True(layout.OuterTransport <= layout.InnerTransport);
        Assert.Equal(layout.NextTransport(-1), layout.OuterTransport);
        Assert.True(layout.Fault.IsFault || layout.Fault == default);
    }

    private static void AssertChecksumsCanBeAsked(byte[] packet, in PacketLayout layout)
    {
        for (int i = layout.NextTransport(-1); i >= 0; i = layout.NextTransport(i))
        {
            PseudoHeader.Sum(packet, layout, i, layout[i].Length);
            ChecksumVerdict verdict = TransportChecksum.Verify(packet, layout, i);
            if (verdict is ChecksumVerdict.Good or ChecksumVerdict.Bad)
                Assert.True(layout[i].Offset + TransportChecksum.Coverage(packet, layout[i]) <= packet.Length);
        }
    }
}
