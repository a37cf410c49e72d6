using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class NflogHeaderTests
{
    [Fact]
    public void The_fields_are_where_the_registry_says()
    {
        byte[] bytes = [10, 0, 0x12, 0x34, 8, 0, 1, 0, 0x86, 0xDD, 3, 0, 24, 0, 9, 0, .. new byte[20]];
        Assert.True(NflogHeader.TryCreate(bytes, out NflogHeader nflog));
        Assert.Equal(10, nflog.AddressFamily);
        Assert.Equal(0x1234, nflog.ResourceId);
        Assert.Equal(16, nflog.HeaderLength);
        Assert.Equal(20, nflog.PayloadLength);
    }

    [Theory]
    [InlineData(new byte[] { 2, 1, 0, 0, 8, 0, 9, 0, 1, 2, 3, 4 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 3, 0, 9, 0 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 8, 0, 1, 0, 1, 2, 3, 4 })]
    [InlineData(new byte[] { 2, 0, 0, 0 })]
    public void Another_version_or_a_chain_that_leads_to_no_packet_is_refused(byte[] bytes) =>
        Assert.False(NflogHeader.TryCreate(bytes, out _));

    [Fact]
    public void A_packet_of_neither_family_is_payload() => Assert.Equal(
        "Nflog 0+8/12 Payload 8+0/4", Walks.Describe([7, 0, 0, 0, 8, 0, 9, 0, 1, 2, 3, 4], LinkType.Nflog));

    [Fact]
    public void A_payload_longer_than_the_packet_is_clipped() => Assert.Equal(
        "Nflog 0+8/12 Payload 8+0/4 ! TooLong Nflog", Walks.Describe([7, 0, 0, 0, 200, 0, 9, 0, 1, 2, 3, 4], LinkType.Nflog));
}
