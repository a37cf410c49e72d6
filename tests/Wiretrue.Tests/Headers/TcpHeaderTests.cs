using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

public class TcpHeaderTests
{
    [Fact]
    public void The_fields_of_a_real_SYN_are_where_the_RFC_says()
    {
        Assert.True(TcpHeader.TryCreate(RealBytes.TcpSynIPv4.AsSpan(34), out TcpHeader tcp));
        Assert.Equal(41222, tcp.SourcePort);
        Assert.Equal(5001, tcp.DestinationPort);
        Assert.Equal(0xD6CDDE0B, tcp.Sequence);
        Assert.Equal(0u, tcp.Acknowledgment);
        Assert.Equal(40, tcp.HeaderLength);
        Assert.Equal(TcpFlags.Syn, tcp.Flags);
        Assert.Equal(64240, tcp.Window);
        Assert.Equal(0x8432, tcp.Checksum);
        Assert.Equal(0, tcp.UrgentPointer);
        Assert.Equal(20, tcp.Options.Length);
    }

    [Fact]
    public void The_options_of_a_real_SYN_are_read()
    {
        TcpHeader.TryCreate(RealBytes.TcpSynIPv4.AsSpan(34), out TcpHeader tcp);
        Assert.Equal(new TcpOptions(1460, 10, true, true, 0x8A47177C, 0), TcpOptions.Parse(tcp.Options));
    }

    [Fact]
    public void Setting_the_flags_leaves_the_data_offset_alone()
    {
        byte[] header = [.. RealBytes.TcpSynIPv4.AsSpan(34, 40)];
        TcpHeader.SetFlags(header, TcpFlags.Ae | TcpFlags.Cwr | TcpFlags.Fin);
        Assert.True(TcpHeader.TryCreate(header, out TcpHeader tcp));
        Assert.Equal(TcpFlags.Ae | TcpFlags.Cwr | TcpFlags.Fin, tcp.Flags);
        Assert.Equal(40, tcp.HeaderLength);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(0)]
    [InlineData(11)]
    public void A_data_offset_below_five_words_or_past_the_bytes_is_refused(int words)
    {
        byte[] header = [.. RealBytes.TcpSynIPv4.AsSpan(34, 40)];
        header[12] = (byte)(words << 4);
        Assert.False(TcpHeader.TryCreate(header, out _));
    }
}
