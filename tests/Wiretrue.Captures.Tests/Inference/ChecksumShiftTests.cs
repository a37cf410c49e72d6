using Wiretrue.Captures.Inference;

namespace Wiretrue.Captures.Tests.Inference;

public sealed class ChecksumShiftTests
{
    [Fact]
    public void Two_that_are_off_by_as_much_were_rewritten()
    {
        var shift = default(ChecksumShift);
        var first = new ChecksumOffset(fromGood: 0x1234, fromPartial: 0x1111, field: 1);
        var second = new ChecksumOffset(fromGood: 0x1234, fromPartial: 0x2222, field: 2);
        Assert.Equal(0, shift.Learn(first, window: 1));
        Assert.Equal(CapturedChecksum.Bad, shift.Judge(first));
        Assert.Equal(0, shift.Learn(second, window: 1));
        Assert.Equal(CapturedChecksum.Rewritten, shift.Judge(first));
        Assert.Equal(CapturedChecksum.Rewritten, shift.Judge(second));
    }

    [Fact]
    public void A_constant_distance_from_the_pseudo_header_sum_was_partial_before()
    {
        var shift = default(ChecksumShift);
        shift.Learn(new ChecksumOffset(0x1000, 0x0777, 1), 1);
        shift.Learn(new ChecksumOffset(0x2000, 0x0777, 2), 1);
        Assert.Equal(CapturedChecksum.RewrittenPartial, shift.Judge(new ChecksumOffset(0x3000, 0x0777, 3)));
        Assert.Equal(CapturedChecksum.Bad, shift.Judge(new ChecksumOffset(0x3000, 0x0778, 3)));
    }

    [Fact]
    public void Corruption_is_off_by_a_different_amount_each_time()
    {
        var shift = default(ChecksumShift);
        for (ushort i = 1; i < 100; i++)
        {
            var off = new ChecksumOffset((ushort)(i * 77), (ushort)(i * 31), i);
            Assert.Equal(0, shift.Learn(off, 1));
            Assert.Equal(CapturedChecksum.Bad, shift.Judge(off));
        }
    }

    [Fact]
    public void Copies_of_one_corrupt_packet_prove_nothing()
    {
        var shift = default(ChecksumShift);
        var off = new ChecksumOffset(0x1234, 0x1111, 9);
        for (int i = 0; i < 5; i++)
            shift.Learn(off, 1);
        Assert.Equal(CapturedChecksum.Bad, shift.Judge(off));
    }

    [Fact]
    public void Those_that_waited_in_earlier_windows_are_counted_once()
    {
        var shift = default(ChecksumShift);
        var off = new ChecksumOffset(0x1234, 0x1111, 9);
        shift.Learn(off, window: 1);
        shift.Learn(off, window: 1);
        shift.Learn(off, window: 2);
        Assert.Equal(3, shift.Learn(new ChecksumOffset(0x1234, 0x4444, 10), window: 3));
        Assert.Equal(0, shift.Learn(new ChecksumOffset(0x1234, 0x5555, 11), window: 4));
    }

    [Fact]
    public void Those_of_the_same_window_can_be_judged_anew_and_are_not_counted()
    {
        var shift = default(ChecksumShift);
        shift.Learn(new ChecksumOffset(0x1234, 0x1111, 9), window: 1);
        shift.Learn(new ChecksumOffset(0x1234, 0x1111, 9), window: 2);
        Assert.Equal(1, shift.Learn(new ChecksumOffset(0x1234, 0x4444, 10), window: 2));
    }

    [Fact]
    public void Zero_and_all_ones_are_the_same_distance()
    {
        Assert.Equal(new ChecksumOffset(0, 0xFFFF, 5), new ChecksumOffset(0xFFFF, 0, 5));
    }
}
