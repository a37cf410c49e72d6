using System.Net;
using Wiretrue.Headers;
using Wiretrue.Testing;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

public sealed class FlowHashTests
{
    private static readonly FlowHash Hash = new(42);
    private static readonly PlainEthernet Ethernet = new();
    private static readonly TcpFields Ports = new() { SourcePort = 40000, DestinationPort = 443 };

    public static TheoryData<bool> Families => [false, true];

    [Theory]
    [MemberData(nameof(Families))]
    public void All_packets_of_a_flow_have_one_number(bool isV6)
    {
        uint first = Of(Tcp(isV6, Ports, 10));
        Assert.Equal(first, Of(Tcp(isV6, Ports with { Sequence = 77, Flags = 0x18, Window = 3 }, 1000)));
        Assert.NotEqual(first, Of(Tcp(isV6, Ports with { SourcePort = 40001 }, 10)));
        Assert.NotEqual(first, Of(Tcp(isV6, Ports with { DestinationPort = 444 }, 10)));
        Assert.NotEqual(first, Of(Frames.Ethernet(Frames.Udp(
            Network(isV6), new UdpFields { SourcePort = 40000, DestinationPort = 443 }, Frames.Payload(10)))));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Both_directions_share_it_unless_told_otherwise(bool isV6)
    {
        IPFields there = Network(isV6);
        IPFields back = there with { Source = there.Destination, Destination = there.Source };
        byte[] request = Frames.Ethernet(Frames.Tcp(there, Ports, []));
        byte[] answer = Frames.Ethernet(Frames.Tcp(
            back, Ports with { SourcePort = Ports.DestinationPort, DestinationPort = Ports.SourcePort }, []));
        Assert.Equal(Of(request), Of(answer));
        Assert.NotEqual(Of(request, Hash with { IsDirected = true }), Of(answer, Hash with { IsDirected = true }));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Both_directions_between_ports_of_one_address_share_it_too(bool isV6)
    {
        IPFields own = Network(isV6);
        own = own with { Source = own.Destination };
        byte[] request = Frames.Ethernet(Frames.Tcp(own, Ports, []));
        byte[] answer = Frames.Ethernet(Frames.Tcp(
            own, Ports with { SourcePort = Ports.DestinationPort, DestinationPort = Ports.SourcePort }, []));
        Assert.Equal(Of(request), Of(answer));
    }

    [Fact]
    public void The_key_changes_every_number() =>
        Assert.NotEqual(Of(Tcp(false, Ports, 1)), Of(Tcp(false, Ports, 1), new FlowHash(43)));

    [Fact]
    public void Random_keys_differ() => Assert.NotEqual(FlowHash.WithRandomKey(), FlowHash.WithRandomKey());

    /// <summary>Only the first fragment has ports: were they counted, the others would go another way.</summary>
    [Fact]
    public void The_fragments_of_a_datagram_stay_together()
    {
        var ip = new IPv4Fields { Id = 9 };
        byte[] first = Frames.Ethernet((ip with { MoreFragments = true }).Wrap(17, Frames.Payload(64, seed: 3)));
        byte[] second = Frames.Ethernet((ip with { FragmentOffset = 64 }).Wrap(17, Frames.Payload(64, seed: 5)));
        Assert.Equal(Of(first), Of(second));
    }

    [Fact]
    public void Extension_headers_do_not_hide_the_ports()
    {
        var ip = new IPv6Fields { Extensions = [(0, [0, 0, 1, 4, 0, 0, 0, 0]), (60, [0, 0, 1, 4, 0, 0, 0, 0])] };
        uint one = Of(Frames.Ethernet(Frames.Tcp(ip, Ports, [])));
        Assert.NotEqual(one, Of(Frames.Ethernet(Frames.Tcp(ip, Ports with { SourcePort = 1 }, []))));
    }

    /// <summary>IP in IP and GRE have no ports to tell flows apart by; a UDP tunnel's source port does.</summary>
    [Theory]
    [InlineData("IPIP", true)]
    [InlineData("GRE", true)]
    [InlineData("GRETAP", true)]
    [InlineData("VXLAN", false)]
    public void Tunnels_without_ports_are_looked_into(string tunnel, bool isLookedInto)
    {
        PlainHeader[] between = tunnel switch
        {
            "IPIP" => [],
            "GRE" => [new PlainGre(Key: 5)],
            "GRETAP" => [new PlainGre(), Ethernet],
            _ => [new PlainUdp(new UdpFields { SourcePort = 50000 }), new PlainVxlan(7), Ethernet],
        };
        byte[] Build(TcpFields tcp) =>
            new PlainFrame([Ethernet, new PlainIP(new IPv4Fields()), .. between, new PlainIP(new IPv6Fields()), new PlainTcp(tcp)], [1]).Build();
        bool differs = Of(Build(Ports)) != Of(Build(Ports with { SourcePort = 1 }));
        Assert.Equal(isLookedInto, differs);
    }

    [Fact]
    public void A_frame_without_IP_goes_by_its_addresses()
    {
        byte[] frame = Frames.Ethernet(0x0806, Frames.Payload(46));
        byte[] same = Frames.Ethernet(0x0806, Frames.Payload(46, seed: 2));
        byte[] other = Frames.Ethernet(0x88CC, Frames.Payload(46));
        Assert.Equal(Of(frame), Of(same));
        Assert.NotEqual(Of(frame), Of(other));
        frame[7] ^= 1;
        Assert.NotEqual(Of(frame), Of(same));
    }

    [Fact]
    public void What_has_neither_has_none()
    {
        var layout = default(PacketLayout);
        PacketWalk.Walk([0xFF, 1, 2, 3], 4, LinkType.Raw, ref layout);
        Assert.Equal(0u, Hash.Of([0xFF, 1, 2, 3], layout));
    }

    /// <summary>Cut short at every length it reads nothing that is not there, and never gives up on the addresses.</summary>
    [Theory]
    [MemberData(nameof(Families))]
    public void A_frame_cut_short_anywhere_has_one(bool isV6)
    {
        byte[] frame = Tcp(isV6, Ports, 4);
        using var guarded = new GuardedBuffer(frame.Length);
        for (int length = 14; length <= frame.Length; length++)
        {
            Span<byte> bytes = guarded.Span[^length..];
            frame.AsSpan(0, length).CopyTo(bytes);
            var layout = default(PacketLayout);
            PacketWalk.Walk(bytes, frame.Length, LinkType.Ethernet, ref layout);
            Assert.NotEqual(0u, Hash.Of(bytes, layout));
        }
    }

    [Fact]
    public void Flows_spread_evenly()
    {
        int[] buckets = new int[16];
        for (ushort port = 1; port <= 16_000; port++)
            buckets[Of(Tcp(false, Ports with { SourcePort = port }, 0)) >> 28]++;
        Assert.All(buckets, count => Assert.InRange(count, 850, 1150));
    }

    private static uint Of(byte[] frame) => Of(frame, Hash);

    private static uint Of(byte[] frame, FlowHash hash)
    {
        var layout = default(PacketLayout);
        PacketWalk.Walk(frame, frame.Length, LinkType.Ethernet, ref layout);
        return hash.Of(frame, layout);
    }

    private static byte[] Tcp(bool isV6, TcpFields tcp, int payload) =>
        Frames.Ethernet(Frames.Tcp(Network(isV6), tcp, Frames.Payload(payload)));

    private static IPFields Network(bool isV6) => isV6
        ? new IPv6Fields { Source = IPAddress.Parse("2001:db8::7"), Destination = IPAddress.Parse("2001:db8::3") }
        : new IPv4Fields { Source = IPAddress.Parse("192.0.2.7"), Destination = IPAddress.Parse("192.0.2.3") };
}
