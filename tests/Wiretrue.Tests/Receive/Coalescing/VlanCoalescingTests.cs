using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Receive.Coalescing;

public sealed class VlanCoalescingTests
{
    public static TheoryData<string> Stacks => new("8100", "88a8", "88a8 8100", "8100 8100");

    [Theory]
    [MemberData(nameof(Stacks))]
    public void Frames_with_the_same_tags_in_their_bytes_join(string tpids)
    {
        (ushort, ushort)[] tags = [.. tpids.Split(' ').Select((tpid, i) => (Convert.ToUInt16(tpid, 16), (ushort)(0x2005 + i)))];
        byte[][] frames = [.. Segment.InOrder(4, 1000).Select(s => (s with { Tags = tags }).Build())];
        List<(byte[] Bytes, OffloadState State)> results = Burst.Coalesce(frames);
        Assert.Equal(4, Assert.Single(results).State.GsoSegments);
        Assert.Equal(34 + (4 * tags.Length), results[0].State.ChecksumStart);
        Assert.Equal(frames, Burst.Recut(results));
    }

    [Fact]
    public void Another_tag_is_another_flow()
    {
        (ushort, ushort)[] tags = [(0x8100, 5)];
        foreach ((ushort, ushort) other in ((ushort, ushort)[])[(0x8100, 6), (0x8100, 0x2005), (0x88A8, 5)])
        {
            IEnumerable<Segment> segments = Segment.InOrder(6).Select((s, i) => s with { Tags = i % 2 == 0 ? tags : [other] });
            // Every second frame of each flow is missing, so none joins.
            Assert.Equal([1, 1, 1, 1, 1, 1], Burst.Counts(segments));
            List<Segment> one = Segment.InOrder(3), two = Segment.InOrder(3);
            Assert.Equal(
                [3, 3], Burst.Counts(one.Zip(two, (a, b) => new[] { a with { Tags = tags }, b with { Tags = [other] } }).SelectMany(pair => pair)));
        }
    }

    [Fact]
    public void A_tag_with_nothing_behind_it_passes()
    {
        byte[] frame = [.. new byte[12], 0x81, 0, 0, 5];
        Burst.AssertIsUntouched(frame, Assert.Single(Burst.Coalesce([frame])));
        Burst.AssertIsUntouched(frame[..16], Assert.Single(Burst.Coalesce([frame[..16]])));
    }

    [Fact]
    public void Frames_with_the_same_tag_outside_of_their_bytes_join_and_keep_it()
    {
        var tag = new OffloadState { VlanProtocol = 0x8100, VlanTci = 0x2005 };
        (_, OffloadState state) = Assert.Single(Burst.Coalesce(Segment.InOrder(3).Select(s => s.Build()), state: tag));
        Assert.Equal((0x8100, 0x2005, 3), (state.VlanProtocol, state.VlanTci, state.GsoSegments));
    }

    [Fact]
    public void Another_tag_outside_of_the_bytes_is_another_flow()
    {
        using var pool = new PacketPool();
        using var coalescer = new Coalescer();
        using var ready = new PacketQueue();
        foreach (Segment segment in Segment.InOrder(3))
        {
            foreach (ushort tci in (ushort[])[0, 1, 2])
                coalescer.Receive(pool.Rent(segment.Build(), new OffloadState { VlanProtocol = tci == 0 ? (ushort)0 : (ushort)0x8100, VlanTci = tci }), ready);
        }
        coalescer.Flush(ready);
        Assert.Equal([3, 3, 3], ready.Packets().Select(p => p.Offload.GsoSegments));
        Assert.Equal([0, 1, 2], ready.Packets().Select(p => (int)p.Offload.VlanTci).Order());
    }
}
