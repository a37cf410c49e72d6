using Wiretrue.Captures.Inference;

namespace Wiretrue.Captures.Tests.Inference;

public sealed class IdentificationTrailTests
{
    [Fact]
    public void The_packet_after_a_super_frame_tells_how_many_it_stood_for()
    {
        var trail = default(IdentificationTrail);
        trail.Follow(100, sequence: 0, payload: 2896, oversized: true, window: 1, record: 4, out _);
        IdentificationTrail.Predecessor before = trail.Follow(102, 2896, 1448, false, 1, 5, out ushort gap);
        Assert.Equal(new IdentificationTrail.Predecessor(2896, 4), before);
        Assert.Equal(2, gap);
    }

    [Fact]
    public void Identification_and_sequence_wrap_around()
    {
        var trail = default(IdentificationTrail);
        trail.Follow(0xFFFF, sequence: 0xFFFFFF00, payload: 2896, oversized: true, window: 1, record: 0, out _);
        Assert.Equal(2896, trail.Follow(1, unchecked(0xFFFFFF00 + 2896), 10, false, 1, 1, out ushort gap).Payload);
        Assert.Equal(2, gap);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(2895u)]
    [InlineData(6000u)]
    public void Only_the_very_next_bytes_count(uint sequence)
    {
        var trail = default(IdentificationTrail);
        trail.Follow(100, 0, 2896, oversized: true, 1, 4, out _);
        Assert.Equal(0, trail.Follow(102, sequence, 1448, false, 1, 5, out _).Payload);
    }

    [Fact]
    public void An_ordinary_segment_has_no_count() =>
        Assert.Equal(0, FollowTwo(oversized: false, step: 1).Payload);

    [Fact]
    public void A_super_frame_of_an_earlier_window_can_only_teach_the_flow()
    {
        var trail = default(IdentificationTrail);
        trail.Follow(100, 0, 2896, oversized: true, window: 1, record: 4, out _);
        Assert.Equal(new IdentificationTrail.Predecessor(2896, -1), trail.Follow(102, 2896, 1448, false, 2, 0, out _));
    }

    [Fact]
    public void Large_frames_over_which_it_moves_by_one_are_whole_frames()
    {
        var trail = default(IdentificationTrail);
        uint sequence = 0;
        for (ushort id = 1; id < 5; id++)
        {
            trail.Follow(id, sequence, 8948, oversized: true, 1, id, out _);
            sequence += 8948;
        }
        Assert.True(trail.ShowsWholeFrames);
    }

    [Fact]
    public void Super_frames_are_not_taken_for_whole_frames()
    {
        var trail = default(IdentificationTrail);
        uint sequence = 0;
        for (ushort id = 1; id < 30; id += 2)
        {
            trail.Follow(id, sequence, 2896, oversized: true, 1, id, out _);
            sequence += 2896;
        }
        Assert.False(trail.ShowsWholeFrames);
    }

    private static IdentificationTrail.Predecessor FollowTwo(bool oversized, ushort step)
    {
        var trail = default(IdentificationTrail);
        trail.Follow(7, 0, 1000, oversized, 1, 0, out _);
        return trail.Follow((ushort)(7 + step), 1000, 1000, false, 1, 1, out _);
    }
}
