using Wiretrue.Captures.Inference;

namespace Wiretrue.Captures.Tests.Inference;

public sealed class SegmentSizesTests
{
    private const int Fits = 1460;

    [Fact]
    public void Nothing_known_leaves_what_fits() => Assert.Equal(Fits, default(SegmentSizes).Choose(5000, Fits, out _));

    [Fact]
    public void A_full_ordinary_segment_is_the_size()
    {
        var sizes = default(SegmentSizes);
        sizes.ObserveOrdinary(300, mayBeShort: true);
        sizes.ObserveOrdinary(1288, mayBeShort: false);
        sizes.ObserveMerged(2576, mayBeShort: false);
        Assert.Equal(1288, sizes.Choose(2576, Fits, out _));
        Assert.Equal(1288, sizes.Choose(3000, Fits, out _));
    }

    [Fact]
    public void A_pushed_segment_is_the_size_when_super_frames_are_made_of_it()
    {
        var sizes = default(SegmentSizes);
        sizes.ObserveOrdinary(1200, mayBeShort: true);
        Assert.Equal(1200, sizes.Choose(3600, Fits, out _));
        // No other evidence: better than the MTU, which no segment of the flow ever filled.
        Assert.Equal(1200, sizes.Choose(3000, Fits, out _));
    }

    [Fact]
    public void A_short_pushed_segment_says_nothing()
    {
        var sizes = default(SegmentSizes);
        sizes.ObserveOrdinary(517, mayBeShort: true);
        Assert.Equal(Fits, sizes.Choose(5000, Fits, out _));
    }

    [Fact]
    public void What_all_super_frames_have_in_common_is_the_size()
    {
        var sizes = default(SegmentSizes);
        sizes.ObserveMerged(2856, mayBeShort: false);
        sizes.ObserveMerged(4284, mayBeShort: false);
        sizes.ObserveMerged(5000, mayBeShort: true);
        Assert.Equal(1428, sizes.Choose(5000, Fits, out _));
    }

    [Fact]
    public void What_they_have_in_common_can_be_several_segments()
    {
        var sizes = default(SegmentSizes);
        sizes.ObserveMerged(2880, mayBeShort: false);
        sizes.ObserveMerged(5760, mayBeShort: false);
        Assert.Equal(1440, sizes.Choose(8640, Fits, out _));
    }

    [Fact]
    public void One_super_frame_alone_is_believed_only_near_to_what_fits()
    {
        var near = default(SegmentSizes);
        near.ObserveMerged(4 * 1452, mayBeShort: false);
        Assert.Equal(1452, near.Choose(4 * 1452, Fits, out _));
        var far = default(SegmentSizes);
        far.ObserveMerged(3000, mayBeShort: false);
        Assert.Equal(Fits, far.Choose(3000, Fits, out _));
    }

    [Theory]
    [InlineData(2840, 2, 1420)]
    [InlineData(14200, 10, 1420)]
    [InlineData(2001, 2, 1460)]
    public void The_identification_says_how_many_segments_there_were(int payload, int segments, int expected)
    {
        var sizes = default(SegmentSizes);
        sizes.ObserveCount(payload, segments);
        Assert.Equal(expected, sizes.Choose(payload, Fits, out _));
    }

    [Fact]
    public void Several_counts_close_in_on_the_size()
    {
        // 1380 to a segment, the last ones short.
        var sizes = default(SegmentSizes);
        sizes.ObserveCount(13000, 10);
        sizes.ObserveCount(13700, 10);
        sizes.ObserveCount(12460, 10);
        int chosen = sizes.Choose(13000, Fits, out _);
        Assert.InRange(chosen, 1370, 1384);
    }

    [Theory]
    [InlineData(3000, 0)]
    [InlineData(3000, 1)]
    [InlineData(3000, 300)]
    public void Counts_that_make_no_sense_are_not_believed(int payload, int segments)
    {
        var sizes = default(SegmentSizes);
        sizes.ObserveCount(payload, segments);
        Assert.Equal(Fits, sizes.Choose(payload, Fits, out _));
    }

    [Fact]
    public void A_path_that_takes_less_than_agreed_on_shows()
    {
        var sizes = default(SegmentSizes);
        sizes.ObserveOrdinary(1348, mayBeShort: false);
        sizes.ObserveMerged(2696, mayBeShort: false);
        sizes.ObserveMerged(4044, mayBeShort: false);
        Assert.True(sizes.ShowsLess(1460));
        Assert.False(sizes.ShowsLess(1348));
    }

    [Fact]
    public void A_flow_that_keeps_to_what_was_agreed_on_does_not_show_less()
    {
        var sizes = default(SegmentSizes);
        sizes.ObserveOrdinary(700, mayBeShort: false);
        sizes.ObserveMerged(2920, mayBeShort: false);
        sizes.ObserveMerged(4380, mayBeShort: false);
        Assert.False(sizes.ShowsLess(1460));
    }
}
