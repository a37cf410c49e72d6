using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class IPv4HeaderTests
{
    [Fact]
    public void The_fields_of_a_real_header_are_where_the_RFC_says()
    {
        Assert.True(IPv4Header.TryCreate(RealBytes.TcpSynIPv4.AsSpan(14), out IPv4Header ip));
        Assert.Equal(20, ip.HeaderLength);
        Assert.Equal(0, ip.TypeOfService);
        Assert.Equal(60, ip.TotalLength);
        Assert.Equal(0x826E, ip.Identification);
        Assert.True(ip.DontFragment);
        Assert.False(ip.MoreFragments);
        Assert.False(ip.IsFragment);
        Assert.Equal(0, ip.FragmentOffset);
        Assert.Equal(64, ip.TimeToLive);
        Assert.Equal(IPProtocol.Tcp, ip.Protocol);
        Assert.Equal(0x344A, ip.Checksum);
        Assert.Equal([192, 0, 2, 1], ip.Source.ToArray());
        Assert.Equal([192, 0, 2, 2], ip.Destination.ToArray());
        Assert.True(ip.Options.IsEmpty);
    }

    [Theory]
    [InlineData(0x2000, true)]
    [InlineData(0x0001, true)]
    [InlineData(0x3FFF, true)]
    [InlineData(0x4000, false)]
    [InlineData(0x8000, false)]
    public void More_fragments_or_an_offset_make_a_fragment(int flagsAndOffset, bool isFragment)
    {
        byte[] bytes = [.. RealBytes.TcpSynIPv4.AsSpan(14, 20)];
        (bytes[6], bytes[7]) = ((byte)(flagsAndOffset >> 8), (byte)flagsAndOffset);
        IPv4Header.TryCreate(bytes, out IPv4Header ip);
        Assert.Equal(isFragment, ip.IsFragment);
    }

    [Fact]
    public void Setters_write_the_field_and_nothing_else()
    {
        byte[] bytes = [.. RealBytes.TcpSynIPv4.AsSpan(14, 20)];
        byte[] expected = [.. bytes];
        IPv4Header.SetTotalLength(bytes, 0x1234);
        IPv4Header.SetIdentification(bytes, 0x5678);
        IPv4Header.SetChecksum(bytes, 0x9ABC);
        new byte[] { 0x12, 0x34, 0x56, 0x78 }.CopyTo(expected, 2);
        new byte[] { 0x9A, 0xBC }.CopyTo(expected, 10);
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData(0x55)]
    [InlineData(0x44)]
    [InlineData(0x40)]
    [InlineData(0x46)]
    public void Another_version_or_an_impossible_header_length_is_refused(byte first)
    {
        byte[] bytes = [.. RealBytes.TcpSynIPv4.AsSpan(14, 20)];
        bytes[0] = first;
        Assert.False(IPv4Header.TryCreate(bytes, out _));
    }

    [Theory]
    [InlineData(131)]
    [InlineData(137)]
    public void A_source_route_not_used_up_ends_at_its_last_address(byte option)
    {
        // A no-operation, then two addresses with the pointer at the first.
        byte[] bytes = WithOptions([1, option, 11, 4, 198, 51, 100, 1, 198, 51, 100, 2]);
        Assert.True(IPv4Header.TryCreate(bytes, out IPv4Header ip));
        Assert.Equal([198, 51, 100, 2], ip.FinalDestination.ToArray());
        Assert.Equal([192, 0, 2, 2], ip.Destination.ToArray());
    }

    [Fact]
    public void A_source_route_used_up_leaves_the_destination()
    {
        byte[] bytes = WithOptions([131, 11, 12, 198, 51, 100, 1, 198, 51, 100, 2, 0]);
        IPv4Header.TryCreate(bytes, out IPv4Header ip);
        Assert.Equal([192, 0, 2, 2], ip.FinalDestination.ToArray());
    }

    [Fact]
    public void Any_options_are_read_without_harm()
    {
        var random = new Random(7);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] options = new byte[random.Next(1, 11) * 4];
            random.NextBytes(options);
            options[0] = random.Next(2) == 0 ? (byte)131 : options[0];
            IPv4Header.TryCreate(WithOptions(options), out IPv4Header ip);
            Assert.Equal(4, ip.FinalDestination.Length);
        }
    }

    private static byte[] WithOptions(byte[] options)
    {
        byte[] bytes = [.. RealBytes.TcpSynIPv4.AsSpan(14, 20), .. options];
        bytes[0] = (byte)(0x40 | (bytes.Length / 4));
        return bytes;
    }
}
