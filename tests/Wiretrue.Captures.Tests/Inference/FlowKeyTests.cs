using System.Net;
using Wiretrue.Captures.Inference;
using Wiretrue.Headers;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Captures.Tests.Inference;

public sealed class FlowKeyTests
{
    private static readonly IPv4Fields There = new();
    private static readonly IPv4Fields Back = new() { Source = There.Destination, Destination = There.Source };
    private static readonly TcpFields Out = new() { SourcePort = 40000, DestinationPort = 443 };
    private static readonly TcpFields In = new() { SourcePort = 443, DestinationPort = 40000 };

    [Fact]
    public void The_other_direction_has_the_reverse_key()
    {
        FlowKey key = KeyOf(Frames.Ethernet(Frames.Tcp(There, Out, [])));
        FlowKey back = KeyOf(Frames.Ethernet(Frames.Tcp(Back, In, [])));
        Assert.NotEqual(key, back);
        Assert.Equal(key.Reverse, back);
        Assert.Equal(key, key.Reverse.Reverse);
        Assert.Equal(key.Reverse.Hash(), back.Hash());
    }

    [Fact]
    public void The_other_direction_has_the_reverse_key_in_a_tunnel_too()
    {
        FlowKey key = KeyOf(Frames.Ethernet(Frames.Vxlan(There, FieldChecksum.Zero, Frames.Ethernet(Frames.Tcp(There, Out, [])))));
        FlowKey back = KeyOf(Frames.Ethernet(Frames.Vxlan(Back, FieldChecksum.Zero, Frames.Ethernet(Frames.Tcp(Back, In, [])))));
        Assert.Equal(key.Reverse, back);
    }

    [Fact]
    public void Everything_that_makes_a_flow_another_makes_the_key_another()
    {
        byte[] inner = Frames.Ethernet(Frames.Tcp(There, Out, []));
        FlowKey[] keys =
        [
            KeyOf(inner),
            KeyOf(Frames.Ethernet(Frames.Tcp(There, Out with { SourcePort = 40001 }, []))),
            KeyOf(Frames.Ethernet(Frames.Tcp(There, Out with { DestinationPort = 444 }, []))),
            KeyOf(Frames.Ethernet(Frames.Tcp(There with { Source = IPAddress.Parse("192.0.2.3") }, Out, []))),
            KeyOf(Frames.Ethernet(Frames.Tcp(There with { Destination = IPAddress.Parse("192.0.2.3") }, Out, []))),
            KeyOf(Frames.Ethernet(Frames.Tcp(new IPv6Fields(), Out, []))),
            KeyOf(Frames.Ethernet(Frames.Udp(There, new UdpFields { SourcePort = 40000, DestinationPort = 443 }, []))),
            KeyOf(Frames.Ethernet(Frames.Tcp(There, Out, []), (0x8100, 5))),
            KeyOf(Frames.Ethernet(Frames.Tcp(There, Out, []), (0x8100, 6))),
            KeyOf(Frames.Ethernet(Frames.Tcp(There, Out, []), (0x88A8, 5), (0x8100, 6))),
            KeyOf(Frames.Ethernet(Frames.Vxlan(There, FieldChecksum.Zero, inner, vni: 1))),
            KeyOf(Frames.Ethernet(Frames.Vxlan(There, FieldChecksum.Zero, inner, vni: 2))),
            KeyOf(Frames.Ethernet(Frames.Vxlan(There with { Source = IPAddress.Parse("192.0.2.9") }, FieldChecksum.Zero, inner, vni: 1))),
            KeyOf(inner, captureInterface: 1),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys.Length, keys.Select(k => k.Hash()).Distinct().Count());
    }

    [Fact]
    public void A_priority_does_not_make_a_vlan_another()
    {
        byte[] packet = Frames.Tcp(There, Out, []);
        Assert.Equal(KeyOf(Frames.Ethernet(packet, (0x8100, 5))), KeyOf(Frames.Ethernet(packet, (0x8100, 0xE005))));
    }

    [Fact]
    public void Neighbouring_flows_spread_over_the_table()
    {
        var homes = new HashSet<ulong>();
        for (ushort port = 1; port <= 4096; port++)
            homes.Add(KeyOf(Frames.Ethernet(Frames.Tcp(There, Out with { SourcePort = port }, []))).Hash() & 0xFFF);
        // 4096 balls into as many bins leave 1507 empty when they fall at random.
        Assert.InRange(homes.Count, 2400, 2800);
    }

    private static FlowKey KeyOf(byte[] frame, int captureInterface = 0)
    {
        var layout = default(PacketLayout);
        PacketWalk.Walk(frame, frame.Length, LinkType.Ethernet, ref layout);
        Assert.True(FlowKey.TryCreate(frame, in layout, layout.InnerTransport, captureInterface, out FlowKey key));
        return key;
    }
}
