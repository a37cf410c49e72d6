using Wiretrue.Testing.Synthesis.Stacks;
using static Wiretrue.Tests.Receive.Coalescing.Tunnels.TunnelFrames;

namespace Wiretrue.Tests.Receive.Coalescing.Tunnels;

public sealed class GeneveCoalescingTests
{
    private static readonly byte[] Option = [1, 2, 0x40, 1, 0xA, 0xB, 0xC, 0xD];

    [Fact]
    public void Frames_with_the_same_options_are_merged()
    {
        MergedFrames.AssertRoundTrip(Four(V4, Checked, new PlainGeneve(66, Option), Frame, V6));
        MergedFrames.AssertRoundTrip(Four(V6, Unchecked, new PlainGeneve(66, []), V4));
    }

    [Fact]
    public void Frames_with_other_options_are_not()
    {
        byte[] other = [.. Option];
        other[^1]++;
        PlainHeader[] Of(byte[] options) => [V4, Checked, new PlainGeneve(66, options), Frame, V4];
        Assert.Equal([2, 2], MergedFrames.Counts(Four(Of(Option), Of(other))));
        Assert.Equal([2, 2], MergedFrames.Counts(Four(Of(Option), Of([]))));
        Assert.Equal([2, 2], MergedFrames.Counts(Four([V4, Checked, new PlainGeneve(66, Option), Frame, V4], [V4, Checked, new PlainGeneve(67, Option), Frame, V4])));
    }

    [Fact]
    public void Control_packets_are_left_alone()
    {
        List<byte[]> frames = Four(V4, Unchecked, new PlainGeneve(66, []), Frame, V4);
        foreach (byte[] frame in frames)
            frame[14 + 20 + 8 + 1] |= 0x80;
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(frames));
    }

    [Fact]
    public void A_critical_option_is_an_option_like_any_other()
    {
        List<byte[]> frames = Four(V4, Unchecked, new PlainGeneve(66, Option), Frame, V4);
        foreach (byte[] frame in frames)
            frame[14 + 20 + 8 + 1] |= 0x40;
        MergedFrames.AssertRoundTrip(frames);
    }
}
