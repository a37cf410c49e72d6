using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Receive.Coalescing;

public sealed class CoalescerTests
{
    private static readonly CoalescerOptions OneBucket = new() { Hashing = FlowHashing.None };

    [Fact]
    public void A_bucket_holds_eight_and_lets_the_oldest_go_for_a_ninth()
    {
        using var pool = new PacketPool();
        using var coalescer = new Coalescer(OneBucket);
        using var ready = new PacketQueue();
        for (int flow = 1; flow <= 9; flow++)
            coalescer.Receive(pool.Rent(FirstOf(flow), default), ready);
        Assert.Equal(8, coalescer.Held);
        Assert.Equal([1], Flows(ready));
        // The first of all comes again, and goes on nothing: the second is the oldest now.
        coalescer.Receive(pool.Rent(FirstOf(1), default), ready);
        Assert.Equal([1, 2], Flows(ready));
        coalescer.Flush(ready);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 1], Flows(ready));
        Assert.Equal(2, coalescer.Statistics.Displaced);
        Assert.Equal(8, coalescer.Statistics.Flushed);
    }

    [Fact]
    public void What_joins_does_not_make_a_packet_younger()
    {
        using var pool = new PacketPool();
        using var coalescer = new Coalescer(OneBucket with { HeldPerBucket = 2 });
        using var ready = new PacketQueue();
        foreach (Segment segment in Segment.InOrder(1, tcp: new TcpFields { SourcePort = 1 }).Concat(Segment.InOrder(1, tcp: new TcpFields { SourcePort = 2 })))
            coalescer.Receive(pool.Rent(segment.Build(), default), ready);
        coalescer.Receive(pool.Rent(Segment.InOrder(2, tcp: new TcpFields { SourcePort = 1 })[1].Build(), default), ready);
        coalescer.Receive(pool.Rent(FirstOf(3), default), ready);
        Assert.Equal([1], Flows(ready));
        Assert.Equal(2, ready.First!.Offload.GsoSegments);
    }

    [Fact]
    public void Flows_in_buckets_do_not_displace_each_other()
    {
        using var pool = new PacketPool();
        using var coalescer = new Coalescer(new CoalescerOptions { Buckets = 64, HeldPerBucket = 64 });
        using var ready = new PacketQueue();
        for (int i = 0; i < 10; i++)
        {
            for (int flow = 1; flow <= 200; flow++)
                coalescer.Receive(pool.Rent(Segment.InOrder(10, 50, tcp: new TcpFields { SourcePort = (ushort)flow })[i].Build(), default), ready);
        }
        Assert.Equal(200, coalescer.Held);
        Assert.Equal(0, ready.Count);
        coalescer.Flush(ready);
        Assert.All(ready.Packets(), packet => Assert.Equal(10, packet.Offload.GsoSegments));
        Assert.Equal(Enumerable.Range(1, 200), Flows(ready).Order());
    }

    [Fact]
    public void What_was_held_before_a_moment_is_let_go_the_oldest_first()
    {
        using var pool = new PacketPool();
        using var coalescer = new Coalescer(OneBucket);
        using var ready = new PacketQueue();
        for (int flow = 1; flow <= 5; flow++)
        {
            coalescer.Now = 100 * flow;
            coalescer.Receive(pool.Rent(FirstOf(flow), default), ready);
        }
        coalescer.Flush(ready, 100);
        Assert.Equal(0, ready.Count);
        coalescer.Flush(ready, 301);
        Assert.Equal([1, 2, 3], Flows(ready));
        Assert.Equal((2, 3L), (coalescer.Held, coalescer.Statistics.Expired));
        // What was let go is not gone on with.
        coalescer.Receive(pool.Rent(Segment.InOrder(2, tcp: new TcpFields { SourcePort = 3 })[1].Build(), default), ready);
        coalescer.Flush(ready);
        Assert.Equal([1, 2, 3, 4, 5, 3], Flows(ready));
    }

    [Fact]
    public void Each_packet_that_is_let_go_has_one_cause()
    {
        using var pool = new PacketPool();
        using var coalescer = new Coalescer(OneBucket);
        using var ready = new PacketQueue();
        List<Segment> segments = Segment.InOrder(6);
        segments[1] = segments[1].WithFlags(TcpFields.Psh);
        segments.RemoveAt(3);
        foreach (Segment segment in segments)
            coalescer.Receive(pool.Rent(segment.Build(), default), ready);
        coalescer.Receive(pool.Rent(new byte[60], default), ready);
        coalescer.Flush(ready);
        Assert.Equal(
            new CoalescerStatistics { Received = 6, Joined = 2, SuperFrames = 2, Alone = 1, Passed = 1, Ended = 1, Superseded = 1, Flushed = 1 },
            coalescer.Statistics);
    }

    [Fact]
    public void What_is_held_is_given_back_when_the_coalescer_is_disposed()
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        using (var coalescer = new Coalescer())
        {
            foreach (Segment segment in Segment.InOrder(5))
                coalescer.Receive(pool.Rent(segment.Build(), default), ready);
            Assert.Equal(5, pool.OutstandingPackets);
        }
        Assert.Equal((0, 0), (pool.OutstandingPackets, pool.OutstandingPages));
    }

    [Fact]
    public void The_payload_is_not_copied()
    {
        using var pool = new PacketPool();
        using var coalescer = new Coalescer();
        using var ready = new PacketQueue();
        var pages = new List<Page>();
        foreach (Segment segment in Segment.InOrder(30))
        {
            byte[] frame = segment.Build();
            var page = new Page(frame);
            pages.Add(page);
            coalescer.Receive(pool.Rent(page, 0, frame.Length, default), ready);
        }
        coalescer.Flush(ready);
        Assert.Equal(pages, ready.First!.Parts.Pages());
        Assert.Equal(54 + 3000, ready.First.Length);
    }

    [Fact]
    public void Headers_that_another_packet_shares_are_not_written_there()
    {
        using var pool = new PacketPool();
        using var coalescer = new Coalescer();
        using var ready = new PacketQueue();
        var clones = new List<Packet>();
        byte[][] frames = [.. Segment.InOrder(3).Select(s => s.Build())];
        foreach (byte[] frame in frames)
        {
            Packet packet = pool.Rent(frame, default);
            clones.Add(packet.Clone());
            coalescer.Receive(packet, ready);
        }
        coalescer.Flush(ready);
        Assert.Equal(3, ready.First!.Offload.GsoSegments);
        Assert.Equal(frames, clones.ConvertAll(Cutter.Bytes));
        clones.ForEach(clone => clone.Dispose());
    }

    [Fact]
    public void A_packet_in_pieces_joins_with_its_headers_wherever_they_are()
    {
        foreach (int split in (int[])[0, 10, 20, 40, 54, 60, 200])
        {
            using var pool = new PacketPool();
            using var coalescer = new Coalescer();
            using var ready = new PacketQueue();
            byte[][] frames = [.. Segment.InOrder(6, 300).Select(s => s.Build())];
            foreach (byte[] frame in frames)
            {
                Packet packet = pool.Rent(frame.AsSpan(0, split), default);
                packet.AddFragment(new Page(frame), split, frame.Length - split);
                coalescer.Receive(packet, ready);
            }
            coalescer.Flush(ready);
            Packet whole = Assert.Single(ready.Packets());
            Assert.Equal(frames, Burst.Recut([(Cutter.Bytes(whole), whole.Offload)]));
        }
    }

    [Fact]
    public void A_packet_that_was_not_captured_whole_passes_and_lets_go_what_is_held()
    {
        using var pool = new PacketPool();
        using var coalescer = new Coalescer();
        using var ready = new PacketQueue();
        byte[][] frames = [.. Segment.InOrder(4).Select(s => s.Build())];
        for (int i = 0; i < frames.Length; i++)
        {
            Packet packet = pool.Rent(i == 2 ? frames[i].AsSpan(0, 100) : frames[i], default);
            packet.MissingTail = frames[i].Length - packet.Length;
            coalescer.Receive(packet, ready);
        }
        coalescer.Flush(ready);
        Assert.Equal([2, 0, 0], ready.Packets().Select(p => p.Offload.GsoSegments));
        Assert.Equal(ChecksumState.None, ready.First!.Next!.Offload.Checksum);
    }

    [Fact]
    public void Super_frames_join_when_they_are_trusted_and_of_one_size()
    {
        byte[] payload = Frames.Payload(6000);
        var owed = new TcpFields { Checksum = FieldChecksum.Partial };
        byte[] First(int from, int length, int id) => Frames.Ethernet(
            Frames.Tcp(new IPv4Fields { Id = (ushort)id }, owed with { Sequence = (uint)(1000 + from) }, payload.AsSpan(from, length)));
        OffloadState state = Cutter.State(GsoType.TcpV4, 1000, 34) with { GsoSegments = 3 };
        byte[][] frames = [First(0, 3000, 1), First(3000, 3000, 4)];
        (byte[] bytes, OffloadState merged) = Assert.Single(Burst.Coalesce(frames, state: state));
        Assert.Equal(First(0, 6000, 1), bytes);
        Assert.Equal(state with { GsoSegments = 6 }, merged);

        Assert.Equal(2, Burst.Coalesce(frames, state: state with { GsoType = GsoType.TcpV4 | GsoType.Dodgy }).Count);
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(3, 8)]
    [InlineData(8, 0)]
    [InlineData(8, 65)]
    public void Numbers_of_buckets_that_can_not_be_are_refused(int buckets, int held) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Coalescer(new CoalescerOptions { Buckets = buckets, HeldPerBucket = held }));

    [Fact]
    public void Sizes_that_can_not_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Coalescer(new CoalescerOptions { MaxSize = 524_281 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Coalescer(new CoalescerOptions { MaxIPv4Size = 0 }));
    }

    [Fact]
    public void Nothing_is_allocated_once_warm()
    {
        using var pool = new PacketPool { TrackOwners = false };
        using var coalescer = new Coalescer();
        using var ready = new PacketQueue();
        Page[] pages = [.. Segment.InOrder(20, 1448).Concat(Segment.InOrder(20, tcp: new TcpFields { SourcePort = 7 })).Select(s => new Page(s.Build()))];
        byte[][] originals = [.. pages.Select(p => p.Bytes.ToArray())];
        void Receive()
        {
            for (int i = 0; i < pages.Length; i++)
            {
                originals[i].CopyTo(pages[i].Bytes, 0);
                coalescer.Receive(pool.Rent(pages[i], 0, pages[i].Bytes.Length, default), ready);
            }
            coalescer.Flush(ready);
            ready.Clear();
        }

        for (int i = 0; i < 100; i++)
            Receive();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Receive();
        // Some bytes may come from the runtime tiering up, but not one for each packet.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 999);
        Assert.Equal(2 * 1100, coalescer.Statistics.SuperFrames);
    }

    private static byte[] FirstOf(int flow) => Segment.InOrder(1, tcp: new TcpFields { SourcePort = (ushort)flow })[0].Build();

    private static IEnumerable<int> Flows(PacketQueue queue) =>
        queue.Frames().Select(frame => (frame[34] << 8) | frame[35]);
}
