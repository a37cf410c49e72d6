using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Segmentation;

/// <summary>Super-frames whose length does not fit the IP header's field, or was left out of it.</summary>
public sealed class BigTcpTests
{
    private const int Big = 200_000;
    private static readonly TcpFields Owed = new() { Checksum = FieldChecksum.Partial };

    [Theory]
    [InlineData(Big)]
    [InlineData(5000)]
    [InlineData(500)]
    public void An_IPv4_total_length_of_zero_is_filled_in(int payloadLength)
    {
        byte[] payload = Frames.Payload(payloadLength);
        var ip = new IPv4Fields { LengthField = 0, HeaderChecksum = FieldChecksum.Zero };
        AssertSame(Cutter.PlainTcp(ip, Owed, payload, 1448), Cut(GsoType.TcpV4, ip, payload));
    }

    [Theory]
    [InlineData(Big)]
    [InlineData(5000)]
    public void An_IPv6_payload_length_of_zero_is_filled_in(int payloadLength)
    {
        byte[] payload = Frames.Payload(payloadLength);
        var ip = new IPv6Fields { LengthField = 0 };
        AssertSame(Cutter.PlainTcp(ip, Owed, payload, 1448), Cut(GsoType.TcpV6, ip, payload));
    }

    [Fact]
    public void A_jumbo_option_in_a_header_of_its_own_goes()
    {
        byte[] payload = Frames.Payload(Big);
        int length = 8 + 20 + Big;
        var ip = new IPv6Fields
        {
            LengthField = 0,
            Extensions = [(0, [0, 0, 0xC2, 4, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length])],
        };
        AssertSame(Cutter.PlainTcp(new IPv6Fields(), Owed, payload, 1448), Cut(GsoType.TcpV6, ip, payload));
    }

    [Fact]
    public void A_jumbo_option_among_others_becomes_padding()
    {
        byte[] payload = Frames.Payload(Big);
        int length = 16 + 20 + Big;
        byte[] options =
        [
            0, 1, 5, 2, 0, 0, 1, 0, 0, 0, 0xC2, 4, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length,
        ];
        var ip = new IPv6Fields { LengthField = 0, Extensions = [(0, options)] };
        byte[] padded = [0, 1, 5, 2, 0, 0, 1, 0, 0, 0, 1, 4, 0, 0, 0, 0];
        IPv6Fields expected = ip with { LengthField = null, Extensions = [(0, padded)] };
        AssertSame(Cutter.PlainTcp(expected, Owed, payload, 1448), Cut(GsoType.TcpV6, ip, payload));
    }

    [Fact]
    public void Lengths_of_zero_in_a_tunnel_are_filled_in_on_both_levels()
    {
        byte[] payload = Frames.Payload(Big);
        byte[] Build(int index, bool zero, byte[] part, uint sequence, FieldChecksum checksum)
        {
            var inner = new IPv4Fields { Id = (ushort)(9 + index), LengthField = zero ? 0 : null };
            var outer = new IPv6Fields { LengthField = zero ? 0 : null };
            byte[] frame = Frames.Ethernet(Frames.Tcp(inner, Owed with { Sequence = sequence, Checksum = checksum }, part));
            return Frames.Ethernet(Frames.Udp(
                outer,
                new UdpFields { DestinationPort = 4789, Checksum = FieldChecksum.Zero, LengthField = zero ? 0 : null },
                [0x08, 0, 0, 0, 0, 0, 66, 0, .. frame]));
        }

        byte[] superFrame = Build(0, true, payload, 1000, FieldChecksum.Partial);
        List<byte[]> frames = Cutter.Cut(superFrame, Cutter.State(GsoType.TcpV4 | GsoType.UdpTunnel, 1400, 14 + 40 + 8 + 8 + 14 + 20));
        Assert.Equal((Big + 1399) / 1400, frames.Count);
        for (int i = 0; i < frames.Count; i++)
        {
            byte[] part = payload[(i * 1400)..Math.Min(payload.Length, (i + 1) * 1400)];
            Assert.Equal(Convert.ToHexString(Build(i, false, part, 1000 + (uint)(i * 1400), FieldChecksum.Good)), Convert.ToHexString(frames[i]));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_device_with_room_for_it_gets_it_whole_as_it_came(bool hasJumboOption)
    {
        int length = 8 + 20 + Big;
        (byte, byte[]) jumbo = (0, [0, 0, 0xC2, 4, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length]);
        var ip = new IPv6Fields { LengthField = 0, Extensions = hasJumboOption ? [jumbo] : [] };
        byte[] frame = Frames.Ethernet(Frames.Tcp(ip, Owed, Frames.Payload(Big)));
        OffloadState state = Cutter.State(GsoType.TcpV6, 1440, 14 + ip.HeaderLength);
        NetDevice card = Card();
        Assert.Equal(139, Sent(frame, state, card).Count);
        card.GsoMaxSize = 8 * 65535;
        Assert.Equal(Convert.ToHexString(frame), Convert.ToHexString(Assert.Single(Sent(frame, state, card))));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 139)]
    public void A_card_that_knows_no_extension_headers_knows_the_jumbo_option(bool isJumbo, int packets)
    {
        int length = 8 + 20 + Big;
        byte[] option = isJumbo
            ? [0, 0, 0xC2, 4, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length]
            : [0, 0, 1, 4, 0, 0, 0, 0];
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv6Fields { LengthField = 0, Extensions = [(0, option)] }, Owed, Frames.Payload(Big)));
        var card = new NetDevice(
            "card", DeviceFeatures.ScatterGather | DeviceFeatures.ChecksumIPv6 | DeviceFeatures.Tcp6Segmentation, 1500)
        { GsoMaxSize = 8 * 65535 };
        Assert.Equal(packets, Sent(frame, Cutter.State(GsoType.TcpV6, 1440, 62), card).Count);
    }

    [Fact]
    public void Over_IPv4_a_limit_of_its_own_says_so()
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields { LengthField = 0 }, Owed, Frames.Payload(Big)));
        OffloadState state = Cutter.State(GsoType.TcpV4, 1448, 34);
        NetDevice card = Card();
        card.GsoMaxSize = 8 * 65535;
        Assert.Equal((Big + 1447) / 1448, Sent(frame, state, card).Count);
        card.GsoIPv4MaxSize = 8 * 65535;
        Assert.Equal(Convert.ToHexString(frame), Convert.ToHexString(Assert.Single(Sent(frame, state, card))));
    }

    [Theory]
    [InlineData(138, 139)]
    [InlineData(139, 1)]
    public void More_segments_than_a_device_makes_are_made_before(int limit, int packets)
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv6Fields { LengthField = 0 }, Owed, Frames.Payload(Big)));
        NetDevice card = Card();
        card.GsoMaxSize = 8 * 65535;
        card.GsoMaxSegments = limit;
        Assert.Equal(packets, Sent(frame, Cutter.State(GsoType.TcpV6, 1440, 54) with { GsoSegments = (Big + 1439) / 1440 }, card).Count);
    }

    private static NetDevice Card() => new(
        "card",
        DeviceFeatures.ScatterGather | DeviceFeatures.ChecksumGeneric | DeviceFeatures.TcpSegmentation | DeviceFeatures.Tcp6Segmentation,
        1500);

    private static List<byte[]> Sent(byte[] frame, OffloadState state, NetDevice device)
    {
        Assert.Equal(DropReason.None, Cutter.TryCut(frame, state, device, out List<byte[]> frames));
        return frames;
    }

    private static List<byte[]> Cut(GsoType type, IPFields ip, byte[] payload) =>
        Cutter.Cut(Frames.Ethernet(Frames.Tcp(ip, Owed, payload)), Cutter.State(type, 1448, 14 + ip.HeaderLength));

    private static void AssertSame(List<byte[]> packets, List<byte[]> frames) =>
        Assert.Equal(packets.Select(packet => Convert.ToHexString(Frames.Ethernet(packet))), frames.Select(Convert.ToHexString));
}
