using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Synthesis.Stacks;
using static Wiretrue.Tests.Receive.Coalescing.Tunnels.TunnelFrames;

namespace Wiretrue.Tests.Receive.Coalescing.Tunnels;

public sealed class MplsCoalescingTests
{
    private static readonly PlainMpls Label = new(1000);

    [Fact]
    public void What_is_behind_the_same_labels_is_merged_where_it_is_asked_for()
    {
        foreach (PlainIP inside in (PlainIP[])[V4, V6])
        {
            List<byte[]> frames = Four(Label, new PlainMpls(2000), inside);
            OffloadState state = Assert.Single(MergedFrames.Of(frames)).State;
            // Labels are no tunnel: the headers that a device would have to look for are the outermost ones.
            Assert.Equal(inside == V4 ? GsoType.TcpV4 : GsoType.TcpV6, state.GsoType);
            Assert.False(state.IsEncapsulated);
            MergedFrames.AssertRoundTrip(frames);
        }
    }

    [Fact]
    public void Else_it_is_left_alone_as_in_Linux()
    {
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(Four(Label, V4), new CoalescerOptions()));
    }

    [Fact]
    public void Other_labels_are_another_flow()
    {
        Assert.Equal([2, 2], MergedFrames.Counts(Four([Label, V4], [new PlainMpls(1001), V4])));
        Assert.Equal([2, 2], MergedFrames.Counts(Four([Label, V4], [Label, Label, V4])));
    }

    [Fact]
    public void Labels_in_a_tunnel_are_a_part_of_it()
    {
        MergedFrames.AssertRoundTrip(Four(V4, Checked, Label, V6));
        MergedFrames.AssertRoundTrip(Four(V4, new PlainGre(), Label, V6));
        MergedFrames.AssertRoundTrip(Four(V4, Unchecked, new PlainVxlanGpe(7), Label, V4));
    }

    [Fact]
    public void A_stack_without_a_bottom_or_without_IP_below_it_is_left_alone()
    {
        List<byte[]> bottomless = Four(Label, V4);
        List<byte[]> foreign = Four(Label, V4);
        for (int i = 0; i < 4; i++)
        {
            bottomless[i][14 + 2] &= 0xFE;
            foreign[i][14 + 4] = 0x05;
        }
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(foreign));
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(bottomless));
    }
}
