using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis.Stacks;
using static Wiretrue.Tests.Receive.Coalescing.Tunnels.TunnelFrames;

namespace Wiretrue.Tests.Receive.Coalescing.Tunnels;

public sealed class GreCoalescingTests
{
    [Theory]
    [InlineData(false, null)]
    [InlineData(false, 7u)]
    [InlineData(true, null)]
    [InlineData(true, 7u)]
    public void Packets_and_frames_in_GRE_are_merged(bool hasChecksum, uint? key)
    {
        var gre = new PlainGre(hasChecksum, key);
        foreach (PlainIP outer in (PlainIP[])[V4, V6])
        {
            foreach (PlainHeader[] inside in (PlainHeader[][])[[V4], [V6], [Frame, V4]])
            {
                List<byte[]> frames = Four([outer, gre, .. inside]);
                GsoType type = Assert.Single(MergedFrames.Of(frames)).State.GsoType;
                Assert.Equal(hasChecksum ? GsoType.GreChecksum : GsoType.Gre, type & GsoType.TunnelMask);
                MergedFrames.AssertRoundTrip(frames);
            }
        }
    }

    [Fact]
    public void Two_keys_are_two_tunnels()
    {
        Assert.Equal([2, 2], MergedFrames.Counts(Four([V4, new PlainGre(Key: 1), V4], [V4, new PlainGre(Key: 2), V4])));
        Assert.Equal([4], MergedFrames.Counts(Four(V4, new PlainGre(Key: 1), V4)));
    }

    [Fact]
    public void So_are_a_frame_and_a_packet()
    {
        Assert.Equal([2, 2], MergedFrames.Counts(Four([V4, new PlainGre(), V4], [V4, new PlainGre(), Frame, V4])));
    }

    [Fact]
    public void Numbered_packets_are_left_alone_as_nobody_could_number_them_again()
    {
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(Four(V4, new PlainGre(Sequence: 1), V4)));
    }

    [Fact]
    public void A_wrong_checksum_stays_wrong_and_alone()
    {
        List<byte[]> frames = Four(V4, new PlainGre(HasChecksum: true), V4);
        frames[1][14 + 20 + 5] ^= 0x11;
        Assert.Equal([1, 1, 2], MergedFrames.Counts(frames).Order());
        MergedFrames.AssertRoundTrip([frames[1], frames[0], frames[2], frames[3]]);
    }

    [Fact]
    public void GRE_in_GRE_is_left_alone()
    {
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(Four(V4, new PlainGre(), V4, new PlainGre(), V4)));
    }
}
