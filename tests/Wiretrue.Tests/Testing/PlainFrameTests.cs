using Wiretrue.Headers;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tests.Headers;

namespace Wiretrue.Tests.Testing;

public sealed class PlainFrameTests
{
    private static readonly PlainEthernet Ethernet = new();
    private static readonly PlainIP IPv4 = new(new IPv4Fields { Id = 0xFFFF });
    private static readonly PlainIP IPv6 = new(new IPv6Fields());

    [Fact]
    public void Offsets_are_where_the_walk_finds_the_headers()
    {
        PlainFrame frame = new(
            [
                Ethernet, new PlainVlan(0x88A8, 5), new PlainVlan(0x8100, 6), IPv6, new PlainUdp(new UdpFields()),
                new PlainGeneve(1, [1, 2, 0x40, 0]), Ethernet, IPv4, new PlainGre(Key: 3), IPv4, new PlainTcp(new TcpFields()),
            ],
            Frames.Payload(100));
        var layout = default(PacketLayout);
        byte[] bytes = frame.Build();
        PacketWalk.Walk(bytes, bytes.Length, LinkType.Ethernet, ref layout);
        for (int i = 0; i < frame.Headers.Count; i++)
            Assert.Equal(frame.OffsetOf(i), layout[i].Offset);
        Assert.Equal(frame.HeaderLength, layout[frame.Headers.Count - 1].ContentOffset);
    }

    [Fact]
    public void Segments_are_numbered_and_flagged()
    {
        var tcp = new TcpFields { Sequence = uint.MaxValue, Flags = TcpFields.Cwr | TcpFields.Psh | TcpFields.Ack };
        List<byte[]> segments = [.. new PlainFrame([Ethernet, IPv4, new PlainTcp(tcp)], Frames.Payload(250)).Segments(100)];
        Assert.Equal([54 + 100, 54 + 100, 54 + 50], segments.Select(s => s.Length));
        Assert.Equal([0xFFFF, 0, 1], segments.Select(s => (s[18] << 8) | s[19]));
        Assert.Equal([0xFFu, 0u, 0u], segments.Select(s => (uint)s[38]));
        Assert.Equal([0xFF, 99, 199], segments.Select(s => (int)s[41]));
        Assert.Equal([0x90, 0x10, 0x18], segments.Select(s => (int)s[47]));
    }

    [Fact]
    public void A_seed_gives_the_same_frames_again()
    {
        string Headers(int seed)
        {
            var source = new PlainFrameSource(new Random(seed));
            return string.Join('\n', Enumerable.Range(0, 50).Select(_ => Convert.ToHexString(source.Next(2).Build())));
        }
        Assert.Equal(Headers(1), Headers(1));
        Assert.NotEqual(Headers(1), Headers(2));
    }

    [Fact]
    public void Every_header_turns_up_in_front_of_both_transports()
    {
        var source = new PlainFrameSource(new Random(1));
        var seen = new HashSet<(Type, Type)>();
        for (int i = 0; i < 3000; i++)
        {
            PlainFrame frame = source.Next(1);
            seen.UnionWith(frame.Headers.Select(h => (h.GetType(), frame.Transport.GetType())));
        }
        Type[] expected =
        [
            typeof(PlainEthernet), typeof(PlainVlan), typeof(PlainMpls), typeof(PlainPppoe), typeof(PlainIP), typeof(PlainGre), typeof(PlainUdp),
            typeof(PlainVxlan), typeof(PlainVxlanGpe), typeof(PlainGeneve), typeof(PlainGtpU), typeof(PlainGue), typeof(PlainNsh),
        ];
        foreach (Type header in expected)
        {
            Assert.Contains((header, typeof(PlainTcp)), seen);
            Assert.Contains((header, typeof(PlainUdp)), seen);
        }
    }
}
