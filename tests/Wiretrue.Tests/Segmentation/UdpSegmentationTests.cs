using System.Buffers.Binary;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Segmentation;

public sealed class UdpSegmentationTests
{
    private static readonly UdpFields Owed = new() { Checksum = FieldChecksum.Partial };
    private static readonly UdpFields Good = new();

    [Theory]
    [InlineData(5000, 1400)]
    [InlineData(5001, 1400)]
    [InlineData(2800, 1400)]
    [InlineData(1401, 1400)]
    [InlineData(64, 1)]
    [InlineData(60000, 500)]
    public void A_super_datagram_becomes_datagrams_with_lengths_and_checksums_of_their_own(int payloadLength, int gsoSize)
    {
        byte[] payload = Frames.Payload(payloadLength);
        AssertSame(Cutter.PlainUdp(new IPv4Fields(), Good, payload, gsoSize), Cut(new IPv4Fields(), Owed, payload, gsoSize));
        AssertSame(Cutter.PlainUdp(new IPv6Fields(), Good, payload, gsoSize), Cut(new IPv6Fields(), Owed, payload, gsoSize));
    }

    [Fact]
    public void A_datagram_that_fits_goes_as_it_is_with_its_checksum_done()
    {
        byte[] payload = Frames.Payload(900);
        AssertSame(Cutter.PlainUdp(new IPv4Fields(), Good, payload, 900), Cut(new IPv4Fields(), Owed, payload, 1400));
    }

    [Fact]
    public void A_checksum_that_comes_out_as_zero_is_sent_as_all_ones()
    {
        byte[] payload = Frames.Payload(3000);
        byte[] first = Cutter.PlainUdp(new IPv4Fields(), Good, payload, 1000)[0];
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(first.AsSpan(20 + 6));
        int raised = BinaryPrimitives.ReadUInt16BigEndian(payload.AsSpan(998)) + checksum;
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(998), (ushort)(raised > 0xFFFF ? raised - 0xFFFF : raised));

        List<byte[]> frames = Cut(new IPv4Fields(), Owed, payload, 1000);
        Assert.Equal(0xFFFF, BinaryPrimitives.ReadUInt16BigEndian(frames[0].AsSpan(34 + 6)));
        AssertSame(Cutter.PlainUdp(new IPv4Fields(), Good, payload, 1000), frames);
    }

    [Fact]
    public void A_sender_that_wanted_no_checksum_gets_none()
    {
        UdpFields absent = new() { Checksum = FieldChecksum.Zero };
        byte[] frame = Frames.Ethernet(Frames.Udp(new IPv4Fields(), absent, Frames.Payload(3000)));
        List<byte[]> frames = Cutter.Cut(frame, new OffloadState { GsoType = GsoType.UdpL4, GsoSize = 1000 });
        AssertSame(Cutter.PlainUdp(new IPv4Fields(), absent, Frames.Payload(3000), 1000), frames);
    }

    [Fact]
    public void A_datagram_to_a_tunnel_s_port_is_cut_by_its_own_header_when_the_type_speaks_of_no_tunnel()
    {
        byte[] inner = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(3000)));
        UdpFields vxlan = Good with { DestinationPort = 4789 };
        byte[] payload = [0x08, 0, 0, 0, 0, 0, 66, 0, .. inner];
        byte[] frame = Frames.Ethernet(Frames.Udp(new IPv4Fields(), vxlan with { Checksum = FieldChecksum.Partial }, payload));
        AssertSame(Cutter.PlainUdp(new IPv4Fields(), vxlan, payload, 1000), Cutter.Cut(frame, Cutter.State(GsoType.UdpL4, 1000, 34)));
    }

    private static List<byte[]> Cut(IPFields ip, UdpFields udp, byte[] payload, int gsoSize) =>
        Cutter.Cut(Frames.Ethernet(Frames.Udp(ip, udp, payload)), Cutter.State(GsoType.UdpL4, gsoSize, 14 + ip.HeaderLength));

    private static void AssertSame(List<byte[]> packets, List<byte[]> frames) =>
        Assert.Equal(packets.Select(packet => Convert.ToHexString(Frames.Ethernet(packet))), frames.Select(Convert.ToHexString));
}
