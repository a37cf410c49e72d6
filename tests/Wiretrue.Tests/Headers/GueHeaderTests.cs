using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class GueHeaderTests
{
    [Fact]
    public void A_plain_header_is_four_bytes()
    {
        Assert.True(GueHeader.TryCreate([0, 4, 0, 0, 0x45], out GueHeader gue));
        Assert.Equal(4, gue.HeaderLength);
        Assert.Equal(IPProtocol.IPv4, gue.Protocol);
        Assert.False(gue.IsControl);
        Assert.False(gue.HasRemoteChecksum);
        Assert.Equal((0, 0), (gue.RemoteChecksumStart, gue.RemoteChecksumOffset));
    }

    /// <summary>What Linux sends for GRE with an Ethernet frame of TCP inside: start and field count from the end of this header.</summary>
    [Fact]
    public void Remote_checksum_is_a_private_option_of_two_words()
    {
        Assert.True(GueHeader.TryCreate([2, 47, 0, 1, 0x80, 0, 0, 0, 0, 38, 0, 54], out GueHeader gue));
        Assert.Equal(12, gue.HeaderLength);
        Assert.Equal(IPProtocol.Gre, gue.Protocol);
        Assert.True(gue.HasRemoteChecksum);
        Assert.Equal((38, 54), (gue.RemoteChecksumStart, gue.RemoteChecksumOffset));
    }

    [Fact]
    public void Private_flags_without_a_flag_and_words_that_nothing_uses_are_allowed()
    {
        Assert.True(GueHeader.TryCreate([3, 4, 0, 1, 0, 0, 0, 0, 9, 9, 9, 9, 8, 8, 8, 8], out GueHeader gue));
        Assert.Equal(16, gue.HeaderLength);
        Assert.False(gue.HasRemoteChecksum);
    }

    [Fact]
    public void Control_messages_are_told()
    {
        Assert.True(GueHeader.TryCreate([0x20, 1, 0, 0], out GueHeader gue));
        Assert.True(gue.IsControl);
    }

    [Theory]
    [InlineData(new byte[] { 0, 4, 0 })]
    [InlineData(new byte[] { 1, 4, 0, 0 })]
    [InlineData(new byte[] { 0x40, 4, 0, 0 })]
    [InlineData(new byte[] { 0x80, 4, 0, 0 })]
    [InlineData(new byte[] { 0, 4, 0, 2 })]
    [InlineData(new byte[] { 1, 4, 0x80, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 4, 0, 1, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 1, 4, 0, 1, 0x80, 0, 0, 0, 0, 38, 0, 54 })]
    [InlineData(new byte[] { 2, 4, 0, 1, 0x40, 0, 0, 0, 0, 38, 0, 54 })]
    public void Other_variants_unknown_flags_and_options_without_room_are_refused(byte[] bytes) =>
        Assert.False(GueHeader.TryCreate(bytes, out _));
}
