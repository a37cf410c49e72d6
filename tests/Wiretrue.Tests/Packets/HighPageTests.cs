using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Packets;

public sealed class HighPageTests
{
    [Fact]
    public void A_page_is_high_when_its_maker_says_so()
    {
        using var pool = new PacketPool();
        Assert.True(new Page(new byte[1], isHigh: true).IsHigh);
        Assert.False(new Page(new byte[1]).IsHigh);
        Page pooled = pool.RentPage(1);
        Assert.False(pooled.IsHigh);
        pool.Release(pooled);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void One_high_piece_anywhere_is_enough(bool linear, bool fragment, bool list)
    {
        using var pool = new PacketPool();
        var low = new Page(Frames.Payload(30));
        var high = new Page(Frames.Payload(30), isHigh: true);
        using Packet packet = pool.Rent(linear ? high : low, 0, 10, default);
        packet.AddFragment(low, 10, 5);
        packet.AddFragment(fragment ? high : low, 15, 5);
        packet.AddToFragmentList(pool.Rent(list ? high : low, 20, 10, default));
        Assert.Equal(linear || fragment || list, packet.HasHighPages);

        using Packet clone = packet.Clone();
        Assert.Equal(packet.HasHighPages, clone.HasHighPages);
        packet.Linearize();
        Assert.False(packet.HasHighPages);
        Assert.Equal(Frames.Payload(30), Cutter.Bytes(packet));
        Assert.Equal(linear || fragment || list, clone.HasHighPages);
    }

    [Fact]
    public void A_piece_without_bytes_is_not_in_the_way()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent([1], default);
        packet.AddFragment(new Page(new byte[10], isHigh: true), 5, 0);
        Assert.False(packet.HasHighPages);
    }

    [Fact]
    public void A_linear_area_in_a_high_page_is_moved_with_its_room()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(new Page([1, 2, 3], isHigh: true), 0, 3, default);
        Assert.True(packet.HasHighPages);
        packet.ExpandHead(0, 0);
        Assert.False(packet.HasHighPages);
        Assert.Equal([1, 2, 3], packet.Linear.ToArray());
    }
}
