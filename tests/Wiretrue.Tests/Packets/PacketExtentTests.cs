using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Tests.Packets;

public sealed class PacketExtentTests
{
    [Fact]
    public void It_is_exactly_as_wide_as_its_vector()
    {
        Assert.Equal(Unsafe.SizeOf<Vector256<int>>(), Unsafe.SizeOf<PacketExtent>());
        Assert.False(RuntimeHelpers.IsReferenceOrContainsReferences<PacketExtent>());
    }

    [Fact]
    public void A_segment_s_vector_has_each_member_where_it_lies()
    {
        PacketExtent extent = default;
        extent.IsWalked = true;
        extent.MissingTail = 7;
        extent.Vector = PacketExtent.OfSegment(start: 256, length: 66, stride: 128, payloadLength: 1448, LinkType.LinuxSll);
        Assert.Equal(256, extent.RoomStart);
        Assert.Equal(256, extent.DataStart);
        Assert.Equal(322, extent.DataEnd);
        Assert.Equal(384, extent.RoomEnd);
        Assert.Equal(1, extent.FragmentCount);
        Assert.Equal(1448, extent.FragmentBytes);
        Assert.Equal(0, extent.MissingTail);
        Assert.Equal(LinkType.LinuxSll, extent.LinkType);
        Assert.Equal(Packet.Marks.Rented, extent.Marks);
        Assert.False(extent.IsWalked);
    }

    [Fact]
    public void A_step_moves_the_places_and_nothing_else()
    {
        Vector256<int> first = PacketExtent.OfSegment(0, 54, 64, 1460, LinkType.Ethernet);
        PacketExtent third = default;
        third.Vector = first + PacketExtent.Step(64) + PacketExtent.Step(64);
        PacketExtent expected = default;
        expected.Vector = PacketExtent.OfSegment(128, 54, 64, 1460, LinkType.Ethernet);
        Assert.Equal(MemoryMarshal.AsBytes(new Span<PacketExtent>(ref expected)), MemoryMarshal.AsBytes(new Span<PacketExtent>(ref third)));
    }
}
