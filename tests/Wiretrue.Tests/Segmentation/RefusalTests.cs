using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Segmentation;

public sealed class RefusalTests
{
    private static readonly byte[] Tcp4 =
        Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(5000)));

    private static readonly byte[] Udp6 =
        Frames.Ethernet(Frames.Udp(new IPv6Fields(), new UdpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(5000)));

    [Theory]
    [InlineData(GsoType.TcpV6)]
    [InlineData(GsoType.UdpL4)]
    [InlineData(GsoType.None)]
    [InlineData(GsoType.TcpV4 | GsoType.TcpV6)]
    [InlineData(GsoType.TcpV4 | GsoType.UdpTunnel)]
    [InlineData(GsoType.TcpV4 | GsoType.IPXIP4)]
    [InlineData(GsoType.TcpV4 | GsoType.Gre)]
    public void A_type_that_the_headers_do_not_bear_out_is_refused(GsoType type) =>
        AssertRefused(DropReason.GsoTypeMismatch, Tcp4, Cutter.State(type, 1000, 34));

    [Fact]
    public void UDP_is_not_cut_as_TCP() => AssertRefused(DropReason.GsoTypeMismatch, Udp6, Cutter.State(GsoType.TcpV6, 1000, 54));

    [Theory]
    [InlineData(14)]
    [InlineData(33)]
    [InlineData(35)]
    [InlineData(54)]
    public void A_checksum_owed_elsewhere_than_at_the_transport_is_refused(int start) =>
        AssertRefused(DropReason.GsoTypeMismatch, Tcp4, Cutter.State(GsoType.TcpV4, 1000, start));

    [Fact]
    public void A_checksum_field_elsewhere_than_the_transport_s_is_refused() =>
        AssertRefused(DropReason.GsoTypeMismatch, Tcp4, Cutter.State(GsoType.TcpV4, 1000, 34) with { ChecksumOffset = 6 });

    [Theory]
    [InlineData(GsoType.TcpV4)]
    [InlineData(GsoType.UdpL4)]
    [InlineData(GsoType.UdpFragmentation)]
    [InlineData(GsoType.Sctp)]
    [InlineData(GsoType.TcpV4 | GsoType.Esp)]
    [InlineData(GsoType.TcpV4 | GsoType.FragmentList)]
    public void A_size_of_zero_says_not_where_to_cut(GsoType type)
    {
        using var pool = new PacketPool();
        using var segments = new PacketQueue();
        using Packet packet = pool.Rent(Tcp4, Cutter.State(type, 0, 34));
        Assert.Equal(DropReason.GsoSizeMissing, Wiretrue.Segmentation.GenericSegmentation.Segment(packet, DeviceFeatures.None, segments));
        Assert.Equal(0, segments.Count);
    }

    [Fact]
    public void More_datagrams_than_one_call_may_send_are_refused_from_who_is_not_trusted()
    {
        byte[] Frame(int length) => Frames.Ethernet(
            Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(length)));
        OffloadState state = Cutter.State(GsoType.UdpL4 | GsoType.Dodgy, 100, 34);
        Assert.Equal(128, Cutter.Cut(Frame(12_800), state).Count);
        AssertRefused(DropReason.OffloadStateImpossible, Frame(12_801), state);
        Assert.Equal(129, Cutter.Cut(Frame(12_801), state with { GsoType = GsoType.UdpL4 }).Count);
    }

    [Fact]
    public void A_segment_that_no_length_field_can_describe_is_refused()
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(
            new IPv4Fields { LengthField = 0 }, new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(200_000)));
        AssertRefused(DropReason.GsoSegmentTooLong, frame, Cutter.State(GsoType.TcpV4, 65_496, 34));
        Assert.Equal(4, Cutter.Cut(frame, Cutter.State(GsoType.TcpV4, 65_495, 34)).Count);
    }

    [Fact]
    public void A_length_beyond_any_super_frames_is_refused()
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        byte[] frame = Frames.Ethernet(Frames.Tcp(
            new IPv4Fields { LengthField = 0 }, new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(2000)));
        foreach (int missing in (int[])[8 * 65535, int.MaxValue - frame.Length])
        {
            Packet packet = pool.Rent(frame, Cutter.State(GsoType.TcpV4, 1448, 34));
            packet.MissingTail = missing;
            Assert.Equal(DropReason.GsoTooLarge, TransmitPath.Validate(packet, NetDevice.Wire(), ready));
        }
        Packet largest = pool.Rent(frame, Cutter.State(GsoType.TcpV4, 1448, 34));
        largest.MissingTail = (8 * 65535) - 2000;
        Assert.Equal(DropReason.None, TransmitPath.Validate(largest, NetDevice.Wire(), ready));
        Assert.Equal(363, ready.Count);
    }

    [Fact]
    public void More_segments_than_can_be_counted_are_refused()
    {
        byte[] Frame(int length) => Frames.Ethernet(Frames.Tcp(
            new IPv4Fields { LengthField = 0 }, new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(length)));
        AssertRefused(DropReason.GsoTooLarge, Frame(65_536), Cutter.State(GsoType.TcpV4, 1, 34));
        Assert.Equal(65_535, Cutter.Cut(Frame(65_535), Cutter.State(GsoType.TcpV4, 1, 34)).Count);
    }

    [Fact]
    public void A_fragment_is_refused()
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(
            new IPv4Fields { MoreFragments = true, DontFragment = false }, new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(5000)));
        AssertRefused(DropReason.GsoTypeMismatch, frame, Cutter.State(GsoType.TcpV4, 1000, 34));
    }

    [Fact]
    public void An_authentication_header_is_in_the_way()
    {
        byte[] segment = Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(3000))[20..];
        byte[] frame = Frames.Ethernet(new IPv4Fields().Wrap(51, [6, 4, 0, 0, .. new byte[20], .. segment]));
        AssertRefused(DropReason.GsoUnsupportedHeader, frame, Cutter.State(GsoType.TcpV4, 1000, 14 + 20 + 24));
    }

    [Fact]
    public void Headers_that_are_longer_than_any_are_refused()
    {
        byte[] options = new byte[1032];
        options[1] = (1032 / 8) - 1;
        for (int i = 2; i < options.Length; i += 2 + options[i + 1])
        {
            options[i] = 1;
            options[i + 1] = (byte)Math.Min(100, options.Length - i - 2);
        }
        var ip = new IPv6Fields { Extensions = [(60, options)] };
        byte[] frame = Frames.Ethernet(Frames.Tcp(ip, new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(3000)));
        AssertRefused(DropReason.GsoUnsupportedHeader, frame, Cutter.State(GsoType.TcpV6, 1000, 14 + 40 + 1032));
    }

    /// <summary>What is refused is dropped with a count, its bytes as they were.</summary>
    private static void AssertRefused(DropReason reason, byte[] frame, OffloadState state)
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        NetDevice wire = NetDevice.Wire();
        byte[] bytes = [.. frame];
        var page = new Page(bytes);
        Assert.Equal(reason, TransmitPath.Validate(pool.Rent(page, 0, bytes.Length, state), wire, ready));
        Assert.Equal(1, wire.Statistics.Dropped(reason));
        Assert.Equal(0, ready.Count);
        Assert.Equal(0, pool.OutstandingPackets);
        Assert.Equal(1, page.References);
        Assert.Equal(frame, bytes);
    }
}
