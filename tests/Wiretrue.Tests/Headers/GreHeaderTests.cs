using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class GreHeaderTests
{
    private static readonly byte[] Full = [0xB0, 0, 0x08, 0, 0x12, 0x34, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];

    [Fact]
    public void The_fields_are_where_the_RFC_says()
    {
        Assert.True(GreHeader.TryCreate(Full, out GreHeader gre));
        Assert.Equal(16, gre.HeaderLength);
        Assert.Equal(0, gre.Version);
        Assert.Equal(EtherType.IPv4, gre.EtherType);
        Assert.Equal(0x1234, gre.Checksum);
        Assert.Equal(0x01020304u, gre.Key);
        Assert.Equal(0x05060708u, gre.Sequence);
    }

    [Theory]
    [InlineData(0x00, 4, false, false, false)]
    [InlineData(0x80, 8, true, false, false)]
    [InlineData(0x20, 8, false, true, false)]
    [InlineData(0x10, 8, false, false, true)]
    [InlineData(0x30, 12, false, true, true)]
    [InlineData(0x90, 12, true, false, true)]
    public void Optional_fields_are_there_when_their_flag_is(byte flags, int length, bool checksum, bool key, bool sequence)
    {
        byte[] bytes = [flags, .. Full[1..]];
        Assert.True(GreHeader.TryCreate(bytes, out GreHeader gre));
        Assert.Equal(length, gre.HeaderLength);
        Assert.Equal((checksum, key, sequence), (gre.HasChecksum, gre.HasKey, gre.HasSequence));
        Assert.Equal(checksum, gre.Checksum != 0);
        Assert.Equal(key, gre.Key != 0);
        Assert.Equal(sequence, gre.Sequence != 0);
    }

    [Fact]
    public void PPTP_counts_its_acknowledgment_in()
    {
        Assert.True(GreHeader.TryCreate([0x30, 0x81, 0x88, 0x0B, .. new byte[12]], out GreHeader gre));
        Assert.Equal(1, gre.Version);
        Assert.Equal(16, gre.HeaderLength);
    }

    [Theory]
    [InlineData(0x40, 0)]
    [InlineData(0x00, 2)]
    [InlineData(0x00, 7)]
    public void Source_routes_and_unknown_versions_are_refused(byte flags, byte version) =>
        Assert.False(GreHeader.TryCreate([flags, version, 8, 0, .. new byte[12]], out _));

    [Fact]
    public void Setting_the_checksum_leaves_the_rest_alone()
    {
        byte[] bytes = [.. Full];
        GreHeader.SetChecksum(bytes, 0xABCD);
        Assert.Equal([.. Full[..4], 0xAB, 0xCD, .. Full[6..]], bytes);
    }
}
