using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Segmentation;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Segmentation;

public sealed class EspTrailerTests : IDisposable
{
    private readonly PacketPool _pool = new();

    public void Dispose() => _pool.Dispose();

    [Theory]
    [InlineData(true, 1, 0)]
    [InlineData(true, 4, 12)]
    [InlineData(true, 16, 16)]
    [InlineData(false, 16, 12)]
    public void Content_is_filled_up_to_whole_blocks(bool isIPv4, int blockSize, int checkValueLength)
    {
        IPFields ip = isIPv4 ? new IPv4Fields() : new IPv6Fields();
        for (int length = 0; length < 40; length++)
        {
            byte[] inside = Frames.Tcp(ip, new TcpFields(), Frames.Payload(length))[ip.HeaderLength..];
            using Packet packet = _pool.Rent(Frames.Ethernet(EspPackets.Wrap(ip, 9, 8, inside)), Owed(IPProtocol.Tcp));
            Assert.True(EspTrailer.TryAppend(packet, blockSize, checkValueLength));

            int padding = 0;
            while ((inside.Length + padding + 2) % Math.Max(blockSize, 4) != 0)
                padding++;
            byte[] trailer = [.. Enumerable.Range(1, padding).Select(n => (byte)n), (byte)padding, 6, .. new byte[checkValueLength]];
            Assert.Equal(Convert.ToHexString(Frames.Ethernet(EspPackets.Wrap(ip, 9, 8, inside, trailer))), Convert.ToHexString(Cutter.Bytes(packet)));
            Assert.Equal(default, packet.Offload);
        }
    }

    [Fact]
    public void In_tunnel_mode_the_outer_length_counts_it()
    {
        byte[] inside = Frames.Tcp(new IPv6Fields(), new TcpFields(), Frames.Payload(100));
        using Packet packet = _pool.Rent(Frames.Ethernet(EspPackets.Wrap(new IPv4Fields(), 9, 8, inside)), Owed(IPProtocol.IPv6));
        Assert.True(EspTrailer.TryAppend(packet, 4, 0));
        byte[] expected = Frames.Ethernet(EspPackets.Wrap(new IPv4Fields(), 9, 8, inside, [1, 2, 2, 41]));
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(Cutter.Bytes(packet)));
    }

    [Fact]
    public void A_packet_that_becomes_longer_than_IP_can_say_is_left_as_it_was()
    {
        byte[] inside = Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(65_535 - 20 - 16 - 20 - 3))[20..];
        byte[] frame = Frames.Ethernet(EspPackets.Wrap(new IPv4Fields(), 9, 8, inside));
        using Packet packet = _pool.Rent(frame, Owed(IPProtocol.Tcp));
        Assert.False(EspTrailer.TryAppend(packet, 4, 12));
        Assert.Equal(frame, Cutter.Bytes(packet));
    }

    [Fact]
    public void No_ESP_is_no_place_for_a_trailer()
    {
        using Packet packet = _pool.Rent(Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields(), new byte[10])), Owed(IPProtocol.Tcp));
        Assert.False(EspTrailer.TryAppend(packet, 4, 0));
    }

    [Fact]
    public void A_packet_that_is_not_finished_inside_is_a_mistake()
    {
        byte[] frame = Frames.Ethernet(EspPackets.Wrap(new IPv4Fields(), 9, 8, new byte[40]));
        foreach (OffloadState state in (OffloadState[])
            [
                default,
                Owed(IPProtocol.Tcp) with { Checksum = ChecksumState.Partial, ChecksumStart = 50, ChecksumOffset = 16 },
                EspPackets.State(IPProtocol.Tcp, GsoType.TcpV4, 10, 8, 50) with { Checksum = ChecksumState.None },
            ])
        {
            using Packet packet = _pool.Rent(frame, state);
            Assert.Throws<InvalidOperationException>(() => EspTrailer.TryAppend(packet, 4, 0));
        }
    }

    private static OffloadState Owed(IPProtocol next) => new() { EspNextHeader = next, EspIVLength = 8 };
}
