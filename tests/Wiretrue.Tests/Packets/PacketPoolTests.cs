using Wiretrue.Packets;

namespace Wiretrue.Tests.Packets;

public sealed class PacketPoolTests
{
    private static readonly OffloadState State = new() { Checksum = ChecksumState.Partial, ChecksumStart = 3, ChecksumOffset = 2 };

    [Fact]
    public void A_copied_packet_has_its_bytes_and_headroom()
    {
        using var pool = new PacketPool();
        byte[] bytes = [1, 2, 3, 4];
        using Packet packet = pool.Rent(bytes, State);
        bytes[0] = 99;
        Assert.Equal([1, 2, 3, 4], packet.Linear.ToArray());
        Assert.Equal(PacketPool.DefaultHeadroom, packet.Headroom);
        Assert.Equal(State, packet.Offload);
    }

    [Fact]
    public void A_wrapped_packet_is_the_bytes_themselves_and_has_no_room_around()
    {
        using var pool = new PacketPool();
        byte[] bytes = [1, 2, 3, 4];
        using Packet packet = pool.Rent(new Page(bytes), 1, 2, State);
        packet.Linear[0] = 77;
        Assert.Equal([1, 77, 3, 4], bytes);
        Assert.Equal(0, packet.Headroom);
        Assert.Equal(0, packet.Tailroom);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(2, int.MaxValue)]
    [InlineData(0, -1)]
    public void Bytes_outside_of_the_page_are_refused(int offset, int length)
    {
        using var pool = new PacketPool();
        var page = new Page(new byte[4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(page, offset, length, default));
        Assert.Equal(1, page.References);
    }

    [Theory]
    [InlineData(0, 4096)]
    [InlineData(1, 4096)]
    [InlineData(4096, 4096)]
    [InlineData(4097, 8192)]
    [InlineData(65536, 65536)]
    [InlineData(65537, 131072)]
    public void Pages_come_in_powers_of_two(int wanted, int length)
    {
        using var pool = new PacketPool();
        Page page = pool.RentPage(wanted);
        Assert.Equal(length, page.Bytes.Length);
        pool.Release(page);
    }

    [Fact]
    public void What_comes_back_is_lent_again()
    {
        using var pool = new PacketPool();
        Packet first = pool.Rent([1], default);
        Page page = first.LinearFragment.Page;
        first.Dispose();
        using Packet second = pool.Rent([2], default);
        Assert.Same(first, second);
        Assert.Same(page, second.LinearFragment.Page);
    }

    [Fact]
    public void A_packet_that_is_lent_again_remembers_nothing()
    {
        using var pool = new PacketPool();
        var page = new Page(new byte[10]);
        Packet first = pool.Rent([1, 2, 3], State);
        first.MissingTail = 5;
        first.LinkType = Wiretrue.Headers.LinkType.Raw;
        first.AddFragment(page, 0, 10);
        first.AddToFragmentList(pool.Rent([4], default));
        first.IsWalked = true;
        first.Dispose();
        Assert.Equal(1, page.References);
        pool.Rent([9], default).Dispose();
        using Packet again = pool.Rent([8], default);
        Assert.Equal(1, again.Length);
        Assert.Equal(1, again.OriginalLength);
        Assert.True(again.IsLinear);
        Assert.False(again.IsWalked);
        Assert.Null(again.Next);
        Assert.Equal(Wiretrue.Headers.LinkType.Ethernet, again.LinkType);
        Assert.Equal(default, again.Offload);
    }

    [Fact]
    public void The_books_show_what_is_out()
    {
        using var pool = new PacketPool();
        Packet packet = pool.Rent([1], default);
        packet.AddToFragmentList(pool.Rent([2], default));
        Assert.Equal(2, pool.OutstandingPackets);
        Assert.Equal(2, pool.OutstandingPages);
        packet.Dispose();
        Assert.Equal(0, pool.OutstandingPackets);
        Assert.Equal(0, pool.OutstandingPages);
    }

    [Fact]
    public void A_packet_given_back_twice_is_an_error()
    {
        using var pool = new PacketPool();
        Packet packet = pool.Rent([1], default);
        packet.Dispose();
        Assert.Throws<InvalidOperationException>(packet.Dispose);
        Assert.Equal(0, pool.OutstandingPackets);
    }

    [Fact]
    public void Many_packets_at_once_are_kept()
    {
        using var pool = new PacketPool();
        for (int round = 0; round < 2; round++)
        {
            using var queue = new PacketQueue();
            for (int i = 0; i < 1000; i++)
                queue.Enqueue(pool.Rent([(byte)i], default));
            Assert.Equal(1000, pool.OutstandingPackets);
        }
        Assert.Equal(0, pool.OutstandingPackets);
        Assert.Equal(0, pool.OutstandingPages);
    }
}
