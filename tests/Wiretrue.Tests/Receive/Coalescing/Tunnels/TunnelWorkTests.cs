using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Synthesis.Stacks;
using static Wiretrue.Tests.Receive.Coalescing.Tunnels.TunnelFrames;

namespace Wiretrue.Tests.Receive.Coalescing.Tunnels;

public sealed class TunnelWorkTests
{
    [Fact]
    public void Merging_what_comes_in_a_tunnel_allocates_nothing()
    {
        List<byte[]> frames = Four(V4, Checked, new PlainVxlan(66), Frame, V4);
        using var pool = new PacketPool { TrackOwners = false };
        using var coalescer = new Coalescer();
        using var ready = new PacketQueue();
        Page[] pages = [.. frames.Select(frame => new Page([.. frame]))];
        void Receive()
        {
            // The headers of a super-frame are written, so each round begins with the frames as they were.
            for (int i = 0; i < pages.Length; i++)
            {
                frames[i].CopyTo(pages[i].Bytes, 0);
                coalescer.Receive(pool.Rent(pages[i], 0, frames[i].Length, default), ready);
            }
            coalescer.Flush(ready);
            if (ready.Count != 1)
                Assert.Fail("They were not merged.");
            ready.Clear();
        }

        for (int i = 0; i < 100; i++)
            Receive();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Receive();
        // Some bytes may come from the runtime tiering up, but not one for each packet.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 999);
    }

    [Fact]
    public void What_an_outer_checksum_covers_is_summed_once_and_a_device_s_word_holds_for_both()
    {
        using var pool = new PacketPool { TunnelPorts = PlainFrameOffload.Ports };
        using var coalescer = new Coalescer();
        using var ready = new PacketQueue();
        List<byte[]> frames = Four(V4, Checked, new PlainVxlan(66), Frame, V4);
        foreach (byte[] frame in frames)
        {
            // The device vouches for the outer checksum alone: what that covers follows from it, so a wrong payload would be found.
            coalescer.Receive(pool.Rent(frame, new OffloadState { Checksum = ChecksumState.Unnecessary }), ready);
        }
        coalescer.Flush(ready);
        Assert.Equal(1, ready.Count);
        Assert.Equal(4, ready.First!.Offload.GsoSegments);
    }

    [Fact]
    public void Tags_in_a_row_are_merged_up_to_the_depth_that_Linux_allows()
    {
        Assert.Equal([4], MergedFrames.Counts(Tagged(10)));
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(Tagged(16)));
    }

    [Fact]
    public void Two_customers_tags_are_two_flows()
    {
        PlainHeader[] Of(ushort inner) => [new PlainVlan(0x88A8, 7), new PlainVlan(0x8100, inner), V4];
        Assert.Equal([4], MergedFrames.Counts(Four(Of(5))));
        Assert.Equal([2, 2], MergedFrames.Counts(Four(Of(5), Of(6))));
        MergedFrames.AssertRoundTrip(Four(Of(5)));
    }

    private static List<byte[]> Tagged(int count) =>
        Four([.. Enumerable.Range(0, count).Select(i => new PlainVlan(0x8100, (ushort)i)), V4]);
}
