using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Segmentation;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Segmentation;

public sealed class EspSegmentationTests : IDisposable
{
    private const int Size = 1300;
    private static readonly TcpFields Owed = new() { Checksum = FieldChecksum.Partial, Flags = TcpFields.Ack | TcpFields.Psh };
    private static readonly byte[] Payload = Frames.Payload(5000);

    private readonly PacketPool _pool = new();
    private readonly PacketQueue _ready = new();

    public void Dispose()
    {
        _ready.Dispose();
        _pool.Dispose();
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 8)]
    [InlineData(false, 16)]
    public void In_transport_mode_the_sequence_number_counts_up_and_the_transport_is_cut(bool isIPv4, int ivLength)
    {
        IPFields ip = isIPv4 ? new IPv4Fields { Id = 0xFFFF } : new IPv6Fields();
        Packet packet = InTransport(ip, ivLength, uint.MaxValue);
        Assert.Equal(DropReason.None, GenericSegmentation.Segment(packet, DeviceFeatures.None, _ready));
        List<byte[]> plain = Cutter.PlainTcp(ip, Owed, Payload, Size);
        AssertSame([.. plain.Select((segment, i) => EspPackets.Wrap(
            Cutter.Numbered(ip, i), unchecked(uint.MaxValue + (uint)i), ivLength, segment.AsSpan(ip.HeaderLength)))]);
        packet.Dispose();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void In_tunnel_mode_both_headers_count_on(bool isOuterIPv4, bool isInnerIPv4)
    {
        IPFields outer = isOuterIPv4 ? new IPv4Fields { Id = 70 } : new IPv6Fields();
        IPFields inner = isInnerIPv4 ? new IPv4Fields { Id = 0xFFFE } : new IPv6Fields();
        Packet packet = InTunnel(outer, inner, ivLength: 8);
        Assert.Equal(DropReason.None, GenericSegmentation.Segment(packet, DeviceFeatures.None, _ready));
        AssertSame([.. Cutter.PlainTcp(inner, Owed, Payload, Size).Select((segment, i) => EspPackets.Wrap(Cutter.Numbered(outer, i), 5 + (uint)i, 8, segment))]);
        packet.Dispose();
    }

    [Fact]
    public void Datagrams_are_cut_inside_too()
    {
        var ip = new IPv4Fields();
        byte[] inside = Frames.Udp(ip, new UdpFields { Checksum = FieldChecksum.Partial }, Payload)[20..];
        using Packet packet = _pool.Rent(
            Frames.Ethernet(EspPackets.Wrap(ip, 5, 8, inside)), EspPackets.State(IPProtocol.Udp, GsoType.UdpL4, Size, 8, 14 + 20 + 16));
        Assert.Equal(DropReason.None, GenericSegmentation.Segment(packet, DeviceFeatures.None, _ready));
        AssertSame([.. Cutter.PlainUdp(ip, new UdpFields(), Payload, Size).Select((segment, i) => EspPackets.Wrap(Cutter.Numbered(ip, i), 5 + (uint)i, 8, segment.AsSpan(20)))]);
    }

    [Theory]
    [InlineData(DeviceFeatures.None, false)]
    [InlineData(DeviceFeatures.ChecksumGeneric, false)]
    [InlineData(DeviceFeatures.ChecksumGeneric | DeviceFeatures.Esp, false)]
    [InlineData(DeviceFeatures.ChecksumGeneric | DeviceFeatures.Esp | DeviceFeatures.EspChecksum, true)]
    public void A_checksum_is_left_to_a_card_that_sums_before_it_encrypts_and_to_no_other(DeviceFeatures features, bool isLeft)
    {
        var device = new NetDevice("esp", features | DeviceFeatures.Esp | DeviceFeatures.ScatterGather, 1500);
        Assert.Equal(DropReason.None, TransmitPath.Validate(InTransport(new IPv4Fields(), 8, 1), device, _ready));
        foreach (Packet segment in _ready.Packets())
        {
            Assert.Equal(isLeft ? ChecksumState.Partial : ChecksumState.None, segment.Offload.Checksum);
            Assert.Equal(IPProtocol.Tcp, segment.Offload.EspNextHeader);
            Assert.Equal(8, segment.Offload.EspIVLength);
            Assert.False(segment.Offload.IsGso);
        }
        Assert.Equal(4, _ready.Count);
    }

    [Fact]
    public void A_card_that_cuts_inside_ESP_gets_it_whole()
    {
        DeviceFeatures features = DeviceFeatures.Esp | DeviceFeatures.EspChecksum | DeviceFeatures.EspSegmentation | DeviceFeatures.TcpSegmentation
            | DeviceFeatures.ChecksumGeneric | DeviceFeatures.ScatterGather;
        Assert.Equal(DropReason.None, TransmitPath.Validate(InTransport(new IPv4Fields(), 8, 1), new NetDevice("esp", features, 1500), _ready));
        Assert.Equal(Size, Assert.Single(_ready.Packets()).Offload.GsoSize);
    }

    [Fact]
    public void Nothing_is_sent_in_plain_text()
    {
        Assert.Equal(DropReason.EspNotEncrypted, TransmitPath.Validate(InTransport(new IPv4Fields(), 8, 1), NetDevice.Wire(), _ready));
        Packet single = _pool.Rent(
            Frames.Ethernet(EspPackets.Wrap(new IPv4Fields(), 1, 8, new byte[60])), new OffloadState { EspNextHeader = IPProtocol.Tcp, EspIVLength = 8 });
        NetDevice wire = NetDevice.Wire();
        Assert.Equal(DropReason.EspNotEncrypted, TransmitPath.Validate(single, wire, _ready));
        Assert.Equal(1, wire.Statistics.Dropped(DropReason.EspNotEncrypted));
    }

    [Theory]
    [InlineData(IPProtocol.Udp, 8, DropReason.GsoTypeMismatch)]
    [InlineData(IPProtocol.IPv4, 8, DropReason.GsoTypeMismatch)]
    [InlineData(IPProtocol.Tcp, 4, DropReason.GsoTypeMismatch)]
    [InlineData(IPProtocol.Icmp, 8, DropReason.GsoTypeMismatch)]
    public void What_is_not_inside_is_not_cut(IPProtocol next, int ivLength, DropReason expected)
    {
        using Packet packet = InTransport(new IPv4Fields(), 8, 1);
        packet.Offload = packet.Offload with { EspNextHeader = next, EspIVLength = (byte)ivLength };
        Assert.Equal(expected, GenericSegmentation.Segment(packet, DeviceFeatures.None, _ready));
        Assert.Equal(0, _ready.Count);
    }

    [Fact]
    public void Headers_in_the_parts_behind_are_found()
    {
        byte[] frame = Frames.Ethernet(EspPackets.Wrap(new IPv4Fields(), 5, 8, Frames.Tcp(new IPv4Fields(), Owed, Payload).AsSpan(20)));
        using Packet packet = _pool.Rent(frame.AsSpan(0, 52), EspPackets.State(IPProtocol.Tcp, GsoType.TcpV4, Size, 8, 50));
        packet.AddToFragmentList(_pool.Rent(frame.AsSpan(52), default));
        Assert.Equal(DropReason.None, GenericSegmentation.Segment(packet, DeviceFeatures.None, _ready));
        AssertSame([.. Cutter.PlainTcp(new IPv4Fields(), Owed, Payload, Size).Select((segment, i) =>
            EspPackets.Wrap(Cutter.Numbered(new IPv4Fields(), i), 5 + (uint)i, 8, segment.AsSpan(20)))]);
    }

    [Fact]
    public void Too_few_bytes_for_the_headers_are_refused_at_every_length()
    {
        byte[] frame = Frames.Ethernet(EspPackets.Wrap(new IPv4Fields(), 5, 8, Frames.Tcp(new IPv4Fields(), Owed, Payload).AsSpan(20)));
        OffloadState state = EspPackets.State(IPProtocol.Tcp, GsoType.TcpV4, Size, 8, 50);
        for (int length = 0; length < 70; length++)
        {
            using Packet packet = _pool.Rent(frame.AsSpan(0, length), state);
            Assert.NotEqual(DropReason.None, GenericSegmentation.Segment(packet, DeviceFeatures.None, _ready));
        }
        Assert.Equal(0, _ready.Count);
    }

    private Packet InTransport(IPFields ip, int ivLength, uint sequence)
    {
        byte[] inside = Frames.Tcp(ip, Owed, Payload)[ip.HeaderLength..];
        GsoType type = ip is IPv4Fields ? GsoType.TcpV4 : GsoType.TcpV6;
        int transport = 14 + ip.HeaderLength + 8 + ivLength;
        return _pool.Rent(
            Frames.Ethernet(EspPackets.Wrap(ip, sequence, ivLength, inside)), EspPackets.State(IPProtocol.Tcp, type, Size, ivLength, transport));
    }

    private Packet InTunnel(IPFields outer, IPFields inner, int ivLength)
    {
        bool isIPv4 = inner is IPv4Fields;
        int transport = 14 + outer.HeaderLength + 8 + ivLength + inner.HeaderLength;
        OffloadState state = EspPackets.State(
            isIPv4 ? IPProtocol.IPv4 : IPProtocol.IPv6, isIPv4 ? GsoType.TcpV4 : GsoType.TcpV6, Size, ivLength, transport);
        return _pool.Rent(Frames.Ethernet(EspPackets.Wrap(outer, 5, ivLength, Frames.Tcp(inner, Owed, Payload))), state);
    }

    private void AssertSame(List<byte[]> packets) =>
        Assert.Equal(packets.Select(packet => Convert.ToHexString(Frames.Ethernet(packet))), _ready.Frames().Select(Convert.ToHexString));
}
