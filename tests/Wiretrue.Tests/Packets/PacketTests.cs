using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Packets;

public sealed class PacketTests
{
    private static readonly OffloadState Owed = new() { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 16 };

    [Fact]
    public void Push_and_pull_move_where_the_checksum_starts()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Frames.Payload(100), Owed);
        Span<byte> pushed = packet.Push(50);
        Assert.Equal(50, pushed.Length);
        Assert.Equal(150, packet.Length);
        Assert.Equal(84, packet.Offload.ChecksumStart);
        Assert.Equal(16, packet.Offload.ChecksumOffset);
        packet.Pull(64);
        Assert.Equal(20, packet.Offload.ChecksumStart);
        Assert.Equal(Frames.Payload(100)[14..], packet.Linear.ToArray());
    }

    [Fact]
    public void What_was_pulled_is_headroom_again()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(new Page([1, 2, 3, 4]), 0, 4, default);
        packet.Pull(2);
        Assert.Equal(2, packet.Headroom);
        Assert.Equal([1, 2], packet.Push(2).ToArray());
    }

    [Fact]
    public void Put_and_trim_move_the_end()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent([1, 2, 3], default);
        packet.Put(2)[0] = 4;
        packet.Linear[4] = 5;
        Assert.Equal([1, 2, 3, 4, 5], Cutter.Bytes(packet));
        packet.Trim(2);
        packet.Trim(10);
        Assert.Equal([1, 2], Cutter.Bytes(packet));
    }

    [Fact]
    public void Room_that_is_not_there_is_an_error()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(new Page(new byte[4]), 0, 4, default);
        Assert.Throws<InvalidOperationException>(() => packet.Push(1).Length);
        Assert.Throws<InvalidOperationException>(() => packet.Put(1).Length);
        Assert.Throws<InvalidOperationException>(() => packet.Pull(5).Length);
        Assert.Throws<InvalidOperationException>(() => packet.Pull(-1).Length);
    }

    [Fact]
    public void Moving_an_end_forgets_the_walk()
    {
        using var pool = new PacketPool();
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(100)));
        foreach (Action<Packet> change in (Action<Packet>[])[p => p.Push(1), p => p.Pull(1), p => p.Put(1), p => p.Trim(50)])
        {
            using Packet packet = pool.Rent(frame, default);
            packet.Walk();
            Assert.Equal(LayerKind.Tcp, packet.Layout[packet.Layout.OuterTransport].Kind);
            Assert.True(packet.IsWalked);
            change(packet);
            Assert.False(packet.IsWalked);
        }
    }

    [Fact]
    public void A_walk_looks_past_the_linear_area()
    {
        using var pool = new PacketPool();
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(100)));
        var page = new Page(frame);
        for (int linear = 0; linear <= 54; linear++)
        {
            using Packet packet = pool.Rent(frame.AsSpan(0, linear), default);
            packet.AddFragment(page, linear, frame.Length - linear);
            packet.Walk();
            Assert.Equal(LayerKind.Tcp, packet.Layout[packet.Layout.InnerTransport].Kind);
            Assert.True(packet.LinearLength >= 54);
            Assert.Equal(frame, Cutter.Bytes(packet));
        }
        Assert.Equal(1, page.References);
    }

    [Fact]
    public void Parts_come_in_order_and_empty_ones_not_at_all()
    {
        using var pool = new PacketPool();
        using Packet packet = Parts(pool);
        Assert.Equal([3, 2, 4, 1, 5], Lengths(packet));
        Assert.Equal(Enumerable.Range(0, 15).Select(i => (byte)i), Cutter.Bytes(packet));
        Assert.Equal(15, packet.Length);
        Assert.Equal(3, packet.LinearLength);
        Assert.False(packet.IsLinear);
    }

    [Fact]
    public void Linearizing_keeps_the_bytes_the_headroom_and_lets_the_parts_go()
    {
        using var pool = new PacketPool();
        using Packet packet = Parts(pool);
        int headroom = packet.Headroom;
        packet.Linearize();
        Assert.True(packet.IsLinear);
        Assert.Equal(headroom, packet.Headroom);
        Assert.Equal(Enumerable.Range(0, 15).Select(i => (byte)i), packet.Linear.ToArray());
        Assert.Equal(1, pool.OutstandingPackets);
        Assert.Equal(1, pool.OutstandingPages);
    }

    [Fact]
    public void A_sum_across_parts_is_the_sum_of_the_bytes()
    {
        using var pool = new PacketPool();
        using Packet packet = Parts(pool);
        byte[] bytes = Cutter.Bytes(packet);
        for (int start = 0; start <= 15; start++)
        {
            for (int length = 0; length <= 15 - start; length++)
                Assert.Equal(PlainSum.Sum(bytes.AsSpan(start, length)), packet.Sum(start, length));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => packet.Sum(0, 16));
        Assert.Throws<ArgumentOutOfRangeException>(() => packet.Sum(-1, 2));
    }

    [Fact]
    public void Trimming_reaches_into_the_fragments()
    {
        byte[] bytes = Frames.Payload(30);
        for (int length = 0; length <= 30; length++)
        {
            using var pool = new PacketPool();
            var page = new Page(bytes);
            using (Packet packet = pool.Rent(bytes.AsSpan(0, 10), default))
            {
                packet.AddFragment(page, 10, 10);
                packet.AddFragment(page, 20, 10);
                packet.Trim(length);
                Assert.Equal(bytes[..length], Cutter.Bytes(packet));
                Assert.Equal(length, packet.Length);
                Assert.Equal(length <= 10 ? 1 : length <= 20 ? 2 : 3, page.References);
            }
            Assert.Equal(1, page.References);
        }
    }

    [Fact]
    public void A_packet_has_17_fragments_at_most_and_none_after_its_list()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent([1], default);
        var page = new Page(new byte[100]);
        for (int i = 0; i < Packet.MaxFragments; i++)
            packet.AddFragment(page, i, 1);
        Assert.Throws<InvalidOperationException>(() => packet.AddFragment(page, 0, 1));
        Assert.Equal(18, page.References);

        using Packet other = pool.Rent([1], default);
        other.AddToFragmentList(pool.Rent([2], default));
        Assert.Throws<InvalidOperationException>(() => other.AddFragment(page, 0, 1));
        Assert.Throws<InvalidOperationException>(() => other.Trim(1));
        Assert.Throws<ArgumentException>(() => packet.AddToFragmentList(other));
        Assert.Throws<ArgumentOutOfRangeException>(() => packet.AddFragment(page, 99, 2));
    }

    [Fact]
    public void A_missing_tail_counts_in_the_original_length_only()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent([1, 2, 3], default);
        packet.MissingTail = 7;
        Assert.Equal(3, packet.Length);
        Assert.Equal(10, packet.OriginalLength);
    }

    [Fact]
    public void Bytes_beyond_the_packet_cannot_be_made_linear()
    {
        using var pool = new PacketPool();
        using Packet packet = Parts(pool);
        Assert.True(packet.EnsureLinear(3));
        Assert.False(packet.IsLinear);
        Assert.False(packet.EnsureLinear(16));
        Assert.True(packet.EnsureLinear(4));
        Assert.True(packet.LinearLength >= 4);
    }

    /// <summary>
    /// Bytes 0 to 14: three linear, two and four in fragments with an empty one between, one and five in packets of the list.
    /// </summary>
    private static Packet Parts(PacketPool pool)
    {
        Page page = new Page([.. Enumerable.Range(0, 15).Select(i => (byte)i)]);
        Packet packet = pool.Rent([0, 1, 2], default);
        packet.AddFragment(page, 3, 2);
        packet.AddFragment(page, 5, 0);
        packet.AddFragment(page, 5, 4);
        packet.AddToFragmentList(pool.Rent([], default));
        packet.AddToFragmentList(pool.Rent([9], default));
        Packet last = pool.Rent([], default);
        last.AddFragment(page, 10, 5);
        packet.AddToFragmentList(last);
        return packet;
    }

    private static List<int> Lengths(Packet packet)
    {
        var lengths = new List<int>();
        foreach (PageFragment part in packet.Parts)
            lengths.Add(part.Length);
        return lengths;
    }
}
