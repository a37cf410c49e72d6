using System.Runtime.CompilerServices;
using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class PacketLayoutTests
{
    [Fact]
    public void A_layout_is_small_and_holds_no_references()
    {
        Assert.Equal(12, Unsafe.SizeOf<Layer>());
        Assert.Equal(16, Unsafe.SizeOf<PacketFault>());
        Assert.False(RuntimeHelpers.IsReferenceOrContainsReferences<PacketLayout>());
    }

    [Fact]
    public void A_cleared_layout_has_nothing()
    {
        var layout = default(PacketLayout);
        layout.Clear();
        Assert.Equal(0, layout.Count);
        Assert.Equal(-1, layout.OuterTransport);
        Assert.Equal(-1, layout.InnerTransport);
        Assert.Equal(-1, layout.NextTransport(-1));
        Assert.Equal(-1, layout.NetworkOf(0));
    }

    [Fact]
    public void Layers_beyond_the_room_are_refused()
    {
        var layout = default(PacketLayout);
        layout.Clear();
        for (int i = 0; i < PacketLayout.MaxLayers; i++)
            Assert.True(layout.TryAdd(new Layer(LayerKind.Vlan, LengthSource.Enclosing, 4, 4 * i, 100 - (4 * i))));
        Assert.False(layout.TryAdd(new Layer(LayerKind.Tcp, LengthSource.Enclosing, 20, 96, 20)));
        Assert.Equal(PacketLayout.MaxLayers, layout.Count);
        Assert.Equal(-1, layout.InnerTransport);
    }

    [Fact]
    public void A_walk_forgets_the_one_before()
    {
        var layout = default(PacketLayout);
        PacketWalk.Walk(RealBytes.VxlanTcpSyn, RealBytes.VxlanTcpSyn.Length, LinkType.Ethernet, ref layout);
        PacketWalk.Walk([1, 2, 3], 3, LinkType.Ethernet, ref layout);
        Assert.Equal(0, layout.Count);
        Assert.Equal(-1, layout.OuterTransport);
        PacketWalk.Walk(RealBytes.TcpSynIPv4, RealBytes.TcpSynIPv4.Length, LinkType.Ethernet, ref layout);
        Assert.False(layout.Fault.IsFault);
        Assert.Equal(3, layout.Count);
    }

    [Fact]
    public void A_layer_knows_its_content()
    {
        var layer = new Layer(LayerKind.IPv4, LengthSource.IPv4TotalLength, 24, 14, 100);
        Assert.Equal(38, layer.ContentOffset);
        Assert.Equal(76, layer.ContentLength);
        Assert.Equal(114, layer.End);
        Assert.True(layer.IsNetwork);
        Assert.False(layer.IsTransport);
    }

    [Theory]
    [InlineData(LayerKind.Tcp)]
    [InlineData(LayerKind.Udp)]
    [InlineData(LayerKind.UdpLite)]
    [InlineData(LayerKind.Sctp)]
    [InlineData(LayerKind.Icmp)]
    [InlineData(LayerKind.IcmpV6)]
    public void Transports(LayerKind kind) => Assert.True(new Layer(kind, LengthSource.Enclosing, 8, 0, 8).IsTransport);
}
