using Wiretrue.Packets;

namespace Wiretrue.Tests.Packets;

public sealed class PacketQueueTests
{
    [Fact]
    public void First_in_is_first_out()
    {
        using var pool = new PacketPool();
        using var queue = new PacketQueue();
        for (byte i = 0; i < 3; i++)
            queue.Enqueue(pool.Rent([i], default));
        Assert.Equal(3, queue.Count);
        Assert.Equal(2, queue.Last!.Linear[0]);
        for (byte i = 0; i < 3; i++)
        {
            using Packet packet = queue.Dequeue()!;
            Assert.Equal(i, packet.Linear[0]);
            Assert.Null(packet.Next);
        }
        Assert.Null(queue.Dequeue());
        Assert.Null(queue.First);
        Assert.Null(queue.Last);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void A_queue_that_ran_empty_takes_packets_again()
    {
        using var pool = new PacketPool();
        using var queue = new PacketQueue();
        queue.Enqueue(pool.Rent([1], default));
        queue.Dequeue()!.Dispose();
        queue.Enqueue(pool.Rent([2], default));
        Assert.Equal(2, queue.First!.Linear[0]);
        Assert.Equal(1, queue.Count);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 2)]
    [InlineData(2, 0)]
    [InlineData(2, 3)]
    public void Joining_keeps_the_order(int before, int after)
    {
        using var pool = new PacketPool();
        using var queue = new PacketQueue();
        using var other = new PacketQueue();
        for (int i = 0; i < before + after; i++)
            (i < before ? queue : other).Enqueue(pool.Rent([(byte)i], default));
        queue.EnqueueAll(other);
        Assert.Equal(before + after, queue.Count);
        Assert.Equal(0, other.Count);
        Assert.Null(other.First);
        for (int i = 0; i < before + after; i++)
        {
            using Packet packet = queue.Dequeue()!;
            Assert.Equal(i, packet.Linear[0]);
        }
    }

    [Fact]
    public void Clearing_gives_every_packet_to_its_own_pool()
    {
        using var a = new PacketPool();
        using var b = new PacketPool();
        var shared = new Page(new byte[100]);
        var queue = new PacketQueue();
        for (int i = 0; i < 10; i++)
        {
            Packet packet = (i % 3 == 0 ? a : b).Rent([(byte)i], default);
            packet.AddFragment(shared, i, 5);
            queue.Enqueue(packet);
        }
        Assert.Equal(11, shared.References);
        queue.Dispose();
        Assert.Equal(1, shared.References);
        Assert.Equal(0, a.OutstandingPackets + b.OutstandingPackets + a.OutstandingPages + b.OutstandingPages);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void Packets_over_the_same_two_pages_and_over_others_all_let_go_of_theirs()
    {
        using var pool = new PacketPool();
        using var other = new PacketPool();
        var random = new Random(44);
        for (int round = 0; round < 200; round++)
        {
            using var queue = new PacketQueue();
            Page[] pages = [.. Enumerable.Range(0, 4).Select(_ => new Page(new byte[100]))];
            for (int i = 0; i < 12; i++)
                queue.Enqueue(OfKind(random.Next(5), random.Next(8) == 0 ? other : pool, pages));
            queue.Clear();
            Assert.All(pages, page => Assert.Equal(1, page.References));
            Assert.Equal(0, pool.OutstandingPackets + pool.OutstandingPages);
            Assert.Equal(0, other.OutstandingPackets + other.OutstandingPages);
        }
    }

    private static Packet OfKind(int kind, PacketPool pool, Page[] pages)
    {
        Packet packet = pool.Rent(pages[0], 0, 10, default);
        switch (kind)
        {
            case 0: packet.AddFragment(pages[1], 0, 10); break;
            case 1: packet.AddFragment(pages[2], 0, 10); break;
            case 2: packet.AddFragment(pages[1], 0, 10); packet.AddFragment(pages[1], 10, 10); break;
            case 3: packet.AddFragment(pages[1], 0, 10); packet.AddToFragmentList(pool.Rent(pages[3], 0, 5, default)); break;
            default: break;
        }
        return packet;
    }
}
