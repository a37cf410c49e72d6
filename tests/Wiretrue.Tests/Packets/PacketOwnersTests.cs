using System.Runtime.CompilerServices;
using Wiretrue.Packets;

namespace Wiretrue.Tests.Packets;

public sealed class PacketOwnersTests
{
    [Fact]
    public void A_leak_is_named_when_the_pool_is_disposed()
    {
        var pool = new PacketPool { TrackOwners = true };
        Packet a = LentByTheCulprit(pool);
        Packet b = LentByTheCulprit(pool);
        pool.Rent([3], default).Dispose();
        string message = Assert.Throws<InvalidOperationException>(pool.Dispose).Message;
        Assert.StartsWith("2 packets were not given back", message, StringComparison.Ordinal);
        Assert.Contains("2 lent", message, StringComparison.Ordinal);
        Assert.Contains(nameof(LentByTheCulprit), message, StringComparison.Ordinal);
        Assert.DoesNotContain("Wiretrue.Packets.PacketPool.Rent", message, StringComparison.Ordinal);
        a.Dispose();
        b.Dispose();
        pool.Dispose();
    }

    [Fact]
    public void Leaks_of_several_places_are_told_apart_most_first()
    {
        using var pool = new PacketPool { TrackOwners = true };
        using Packet one = pool.Rent([1], default);
        using Packet two = LentByTheCulprit(pool);
        using Packet three = LentByTheCulprit(pool);
        string text = pool.DescribeOutstanding();
        int culprit = text.IndexOf("2 lent", StringComparison.Ordinal);
        Assert.True(culprit > 0);
        Assert.True(text.IndexOf("1 lent", StringComparison.Ordinal) > culprit);
    }

    [Fact]
    public void A_double_release_says_where_the_packet_was_lent_and_given_back()
    {
        using var pool = new PacketPool { TrackOwners = true };
        Packet packet = LentByTheCulprit(pool);
        GivenBackByTheAccomplice(packet);
        string message = Assert.Throws<InvalidOperationException>(packet.Dispose).Message;
        Assert.Contains(nameof(LentByTheCulprit), message, StringComparison.Ordinal);
        Assert.Contains(nameof(GivenBackByTheAccomplice), message, StringComparison.Ordinal);
        Assert.Equal(0, pool.OutstandingPackets);
    }

    [Fact]
    public void Without_tracking_a_double_release_is_an_error_all_the_same_and_a_leak_is_counted_alone()
    {
        var pool = new PacketPool { TrackOwners = false };
        Packet packet = pool.Rent([1], default);
        packet.Dispose();
        Assert.Throws<InvalidOperationException>(packet.Dispose);
        packet = pool.Rent([1], default);
        Assert.Equal("1 packets were not given back to their pool.", pool.DescribeOutstanding());
        pool.Dispose();
        packet.Dispose();
    }

    [Fact]
    public void A_packet_lent_before_the_tracking_is_named_so_far_as_it_is_known()
    {
        using var pool = new PacketPool { TrackOwners = false };
        Packet packet = pool.Rent([1], default);
        pool.TrackOwners = true;
        GivenBackByTheAccomplice(packet);
        string message = Assert.Throws<InvalidOperationException>(packet.Dispose).Message;
        Assert.Contains(nameof(GivenBackByTheAccomplice), message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_packets_of_a_list_and_of_a_queue_are_tracked_each()
    {
        using var pool = new PacketPool { TrackOwners = true };
        var queue = new PacketQueue();
        for (int i = 0; i < 3; i++)
        {
            Packet packet = LentByTheCulprit(pool);
            packet.AddToFragmentList(LentByTheCulprit(pool));
            queue.Enqueue(packet);
        }
        Assert.Contains("6 lent", pool.DescribeOutstanding(), StringComparison.Ordinal);
        queue.Clear();
        Assert.Equal("0 packets were not given back to their pool.", pool.DescribeOutstanding());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Packet LentByTheCulprit(PacketPool pool)
    {
        Packet packet = pool.Rent([1, 2, 3], default);
        // What follows the call keeps it from being a tail call, which would leave no frame.
        packet.MissingTail = 0;
        return packet;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void GivenBackByTheAccomplice(Packet packet)
    {
        packet.Dispose();
        GC.KeepAlive(packet);
    }
}
