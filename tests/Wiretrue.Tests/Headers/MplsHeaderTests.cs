using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class MplsHeaderTests
{
    [Fact]
    public void The_fields_are_where_the_RFC_says()
    {
        Assert.True(MplsHeader.TryCreate([0x12, 0x34, 0x5B, 0x40], out MplsHeader mpls));
        Assert.Equal(0x12345, mpls.Label);
        Assert.Equal(5, mpls.TrafficClass);
        Assert.True(mpls.IsBottom);
        Assert.Equal(64, mpls.TimeToLive);
    }

    [Fact]
    public void Only_the_last_entry_is_the_bottom()
    {
        MplsHeader.TryCreate([0x12, 0x34, 0x5A, 0x40], out MplsHeader mpls);
        Assert.False(mpls.IsBottom);
    }

    [Fact]
    public void A_control_word_has_a_sequence_number()
    {
        Assert.True(PseudowireControlWord.TryCreate([0, 0, 0x12, 0x34], out PseudowireControlWord word));
        Assert.Equal(0x1234, word.Sequence);
    }

    [Theory]
    [InlineData(new byte[] { 0x10, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 1, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0 })]
    public void What_sets_a_bit_that_must_be_0_is_no_control_word(byte[] bytes) =>
        Assert.False(PseudowireControlWord.TryCreate(bytes, out _));
}
