using Wiretrue.Headers;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Headers;

public class SctpHeaderTests
{
    [Fact]
    public void The_fields_are_where_the_RFC_says_and_the_checksum_is_little_endian()
    {
        Assert.True(SctpHeader.TryCreate([0x80, 0x01, 0x96, 0x0C, 1, 2, 3, 4, 5, 6, 7, 8], out SctpHeader sctp));
        Assert.Equal(0x8001, sctp.SourcePort);
        Assert.Equal(38412, sctp.DestinationPort);
        Assert.Equal(0x01020304u, sctp.VerificationTag);
        Assert.Equal(0x08070605u, sctp.Checksum);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(1000)]
    public void The_hash_is_taken_with_the_field_at_0(int chunks)
    {
        byte[] packet = Frames.Sctp(new IPv4Fields(), FieldChecksum.Good, Frames.Payload(chunks))[20..];
        SctpHeader.TryCreate(packet, out SctpHeader sctp);
        uint stored = sctp.Checksum;
        Assert.Equal(stored, TransportChecksum.SctpHash(packet));
        SctpHeader.SetChecksum(packet, 0xDEADBEEF);
        Assert.Equal(stored, TransportChecksum.SctpHash(packet));
    }

    [Fact]
    public void Setting_the_checksum_and_reading_it_agree()
    {
        byte[] packet = new byte[12];
        SctpHeader.SetChecksum(packet, 0x01020304);
        Assert.Equal([4, 3, 2, 1], packet[8..]);
    }
}
