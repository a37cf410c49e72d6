using System.Buffers.Binary;
using Wiretrue.Headers;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Headers;

public class TransportChecksumTests
{
    private static readonly IPFields[] Both = [new IPv4Fields(), new IPv6Fields()];

    [Theory]
    [InlineData(LayerKind.Tcp, 16)]
    [InlineData(LayerKind.Udp, 6)]
    [InlineData(LayerKind.UdpLite, 6)]
    [InlineData(LayerKind.Icmp, 2)]
    [InlineData(LayerKind.IcmpV6, 2)]
    [InlineData(LayerKind.Sctp, 8)]
    [InlineData(LayerKind.IPv4, -1)]
    [InlineData(LayerKind.Vxlan, -1)]
    public void The_field_is_where_the_kernel_says(LayerKind kind, int offset) => Assert.Equal(offset, TransportChecksum.FieldOffset(kind));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1461)]
    public void Good_and_bad_are_told_apart(int payload)
    {
        foreach (IPFields ip in Both)
        {
            foreach ((FieldChecksum field, ChecksumVerdict verdict) in
                ((FieldChecksum, ChecksumVerdict)[])[(FieldChecksum.Good, ChecksumVerdict.Good), (FieldChecksum.Bad, ChecksumVerdict.Bad)])
            {
                Assert.Equal(verdict, Verify(Frames.Tcp(ip, new TcpFields { Checksum = field }, Frames.Payload(payload))));
                Assert.Equal(verdict, Verify(Frames.Udp(ip, new UdpFields { Checksum = field }, Frames.Payload(payload))));
                Assert.Equal(verdict, Verify(Frames.Sctp(ip, field, Frames.Payload(payload))));
            }
        }
    }

    [Fact]
    public void ICMP_counts_no_pseudo_header_and_ICMPv6_does()
    {
        byte[] message = [8, 0, 0, 0, .. Frames.Payload(61)];
        Store(message, 2, PlainSum.Checksum(message));
        Assert.Equal(ChecksumVerdict.Good, Verify(new IPv4Fields().Wrap(1, message)));
        Assert.Equal(ChecksumVerdict.Bad, Verify(new IPv6Fields().Wrap(58, message)));
        Store(message, 2, 0);
        Store(message, 2, PlainSum.Checksum(message, new IPv6Fields().PseudoSum(58, message.Length)));
        Assert.Equal(ChecksumVerdict.Good, Verify(new IPv6Fields().Wrap(58, message)));
    }

    [Fact]
    public void UDP_without_a_checksum_says_so_in_IPv4_and_in_tunnels_only()
    {
        byte[] frame = Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields(), [1]));
        Assert.Equal(ChecksumVerdict.Absent, Verify(Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = FieldChecksum.Zero }, [1])));
        Assert.Equal(ChecksumVerdict.Bad, Verify(Frames.Udp(new IPv6Fields(), new UdpFields { Checksum = FieldChecksum.Zero }, [1])));
        Assert.Equal(ChecksumVerdict.Absent, Verify(Frames.Vxlan(new IPv6Fields(), FieldChecksum.Zero, frame)));
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(8, 8)]
    [InlineData(20, 20)]
    [InlineData(60, 60)]
    public void UDP_Lite_covers_what_it_says(ushort coverage, int covered)
    {
        byte[] datagram = [0, 1, 0, 2, 0, 0, 0, 0, .. Frames.Payload(52)];
        Store(datagram, 4, coverage);
        // The pseudo-header counts the whole length, whatever is covered (RFC 3828 3.1).
        Store(datagram, 6, PlainSum.Checksum(datagram.AsSpan(0, covered), new IPv4Fields().PseudoSum(136, 60)));
        Assert.Equal(ChecksumVerdict.Good, Verify(new IPv4Fields().Wrap(136, datagram)));
        datagram[^1] ^= 1;
        Assert.Equal(covered == 60 ? ChecksumVerdict.Bad : ChecksumVerdict.Good, Verify(new IPv4Fields().Wrap(136, datagram)));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(61)]
    public void UDP_Lite_with_an_illegal_coverage_cannot_be_verified(ushort coverage)
    {
        byte[] datagram = [0, 1, 0, 2, 0, 0, 1, 1, .. Frames.Payload(52)];
        Store(datagram, 4, coverage);
        Assert.Equal(ChecksumVerdict.Unverifiable, Verify(new IPv4Fields().Wrap(136, datagram)));
    }

    [Fact]
    public void Snapped_packets_cannot_be_verified()
    {
        byte[] packet = Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Good }, Frames.Payload(100));
        for (int length = 40; length < packet.Length; length++)
            Assert.Equal(ChecksumVerdict.Unverifiable, Verify(packet[..length], packet.Length));
    }

    [Fact]
    public void A_length_that_lies_casts_TCP_in_doubt_but_not_a_UDP_length_that_fits()
    {
        var lying = new IPv4Fields { LengthField = 500 };
        Assert.Equal(
            ChecksumVerdict.Unverifiable, Verify(Frames.Tcp(lying, new TcpFields { Checksum = FieldChecksum.Good }, Frames.Payload(100))));
        Assert.Equal(ChecksumVerdict.Good, Verify(Frames.Udp(lying, new UdpFields { Checksum = FieldChecksum.Good }, Frames.Payload(100))));
    }

    [Fact]
    public void A_fault_in_the_inner_packet_does_not_matter_outside()
    {
        byte[] inner = Frames.Ethernet(Frames.Tcp(new IPv4Fields { LengthField = 900 }, new TcpFields(), Frames.Payload(10)));
        byte[] packet = Frames.Vxlan(new IPv4Fields(), FieldChecksum.Good, inner);
        PacketLayout layout = Walks.Walk(packet, LinkType.Raw);
        Assert.Equal(ChecksumVerdict.Good, TransportChecksum.Verify(packet, layout, layout.OuterTransport));
        Assert.Equal(ChecksumVerdict.Unverifiable, TransportChecksum.Verify(packet, layout, layout.InnerTransport));
    }

    [Fact]
    public void Trailers_are_not_summed()
    {
        byte[] packet = Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Good }, Frames.Payload(3));
        Assert.Equal(ChecksumVerdict.Good, Verify([.. packet, 1, 2, 3, 4]));
    }

    private static ChecksumVerdict Verify(byte[] packet, int? originalLength = null)
    {
        PacketLayout layout = Walks.Walk(packet, LinkType.Raw, originalLength);
        return TransportChecksum.Verify(packet, layout, layout.OuterTransport);
    }

    private static void Store(byte[] bytes, int offset, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(offset), value);
}
