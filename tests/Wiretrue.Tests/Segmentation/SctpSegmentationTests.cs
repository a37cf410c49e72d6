using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Segmentation;

public sealed class SctpSegmentationTests : IDisposable
{
    private static readonly int[] Sizes = [1200, 16, 1432, 4];

    private readonly PacketPool _pool = new();
    private readonly PacketQueue _ready = new();

    public void Dispose()
    {
        _ready.Dispose();
        _pool.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_packet_of_the_list_is_one_on_the_wire_with_a_checksum_of_its_own(bool isIPv6)
    {
        IPFields ip = isIPv6 ? new IPv6Fields() : new IPv4Fields { Id = 0xFFFE };
        byte[][] chunks = Chunks(Sizes);
        Assert.Equal(DropReason.None, Send(SuperFrame(ip, chunks), NetDevice.Wire()));
        AssertSame([.. chunks.Select((part, i) => Frames.Sctp(Cutter.Numbered(ip, i), FieldChecksum.Good, part))]);
        Assert.All(_ready.Packets(), segment => Assert.Equal(default, segment.Offload));
    }

    [Fact]
    public void Chunks_behind_the_first_headers_are_a_segment_too()
    {
        byte[][] chunks = Chunks(Sizes);
        Assert.Equal(DropReason.None, Send(SuperFrame(new IPv4Fields(), chunks, inHead: 1), NetDevice.Wire()));
        AssertSame([.. chunks.Select((part, i) => Frames.Sctp(Cutter.Numbered(new IPv4Fields(), i), FieldChecksum.Good, part))]);
    }

    [Fact]
    public void A_device_that_makes_the_CRC_is_left_to_make_it()
    {
        byte[][] chunks = Chunks(Sizes);
        var device = new NetDevice("crc", DeviceFeatures.ScatterGather | DeviceFeatures.ChecksumSctp | DeviceFeatures.FragmentList, 1500);
        Assert.Equal(DropReason.None, Send(SuperFrame(new IPv4Fields(), chunks), device));
        AssertSame([.. chunks.Select((part, i) => Frames.Sctp(Cutter.Numbered(new IPv4Fields(), i), FieldChecksum.Zero, part))]);
        var owed = new OffloadState { Checksum = ChecksumState.Partial, ChecksumIsCrc32C = true, ChecksumStart = 34, ChecksumOffset = 8 };
        Assert.All(_ready.Packets(), segment => Assert.Equal(owed, segment.Offload));
    }

    [Fact]
    public void An_Internet_checksum_feature_is_no_reason_to_leave_the_CRC()
    {
        // csum_not_inet: a card that sums can't make a CRC.
        byte[][] chunks = Chunks(Sizes);
        var device = new NetDevice("sum", DeviceFeatures.ScatterGather | DeviceFeatures.ChecksumGeneric | DeviceFeatures.FragmentList, 1500);
        Assert.Equal(DropReason.None, Send(SuperFrame(new IPv4Fields(), chunks), device));
        AssertSame([.. chunks.Select((part, i) => Frames.Sctp(Cutter.Numbered(new IPv4Fields(), i), FieldChecksum.Good, part))]);
    }

    [Theory]
    [InlineData(FieldChecksum.Zero, GsoType.UdpTunnel, DeviceFeatures.None)]
    [InlineData(FieldChecksum.Good, GsoType.UdpTunnelChecksum, DeviceFeatures.None)]
    [InlineData(FieldChecksum.Good, GsoType.UdpTunnelChecksum, DeviceFeatures.ChecksumSctp)]
    public void In_a_tunnel_with_a_checksum_the_CRC_comes_first(FieldChecksum outer, GsoType tunnel, DeviceFeatures features)
    {
        byte[][] chunks = Chunks(Sizes);
        var underlay = new IPv6Fields();
        byte[] inner = Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Zero, [.. chunks.SelectMany(part => part)]));
        byte[] frame = Frames.Ethernet(Frames.Vxlan(underlay, outer, inner));
        Packet packet = Listed(frame, frame.Length - chunks.Sum(part => part.Length), chunks, State(14 + 40 + 16 + 34) with { GsoType = GsoType.Sctp | tunnel });
        var device = new NetDevice("tunnel", DeviceFeatures.ScatterGather | features, 1500) { EncapsulationFeatures = features };
        Assert.Equal(DropReason.None, Send(packet, device));
        AssertSame(
        [
            .. chunks.Select((part, i) => Frames.Vxlan(
                underlay, outer, Frames.Ethernet(Frames.Sctp(Cutter.Numbered(new IPv4Fields(), i), FieldChecksum.Good, part)))),
        ]);
    }

    [Fact]
    public void Packets_in_many_pieces_keep_them()
    {
        byte[][] chunks = Chunks([2000, 3000]);
        Packet packet = SuperFrame(new IPv4Fields(), [], total: 5000);
        var page = new Page([.. chunks.SelectMany(part => part)]);
        int offset = 0;
        foreach (byte[] part in chunks)
        {
            Packet listed = _pool.Rent(page, offset, 7, default);
            int step = (part.Length - 7) / Packet.MaxFragments;
            for (int i = 0; i < Packet.MaxFragments; i++)
                listed.AddFragment(page, offset + 7 + (i * step), i == Packet.MaxFragments - 1 ? part.Length - 7 - (i * step) : step);
            packet.AddToFragmentList(listed);
            offset += part.Length;
        }
        Assert.Equal(DropReason.None, Send(packet, NetDevice.Wire()));
        AssertSame([.. chunks.Select((part, i) => Frames.Sctp(Cutter.Numbered(new IPv4Fields(), i), FieldChecksum.Good, part))]);
        Assert.All(_ready.Packets(), segment => Assert.True(segment.Fragments.Length <= Packet.MaxFragments));
        _ready.Clear();
        Assert.Equal(1, page.References);
        Assert.Equal(0, _pool.OutstandingPages);
    }

    [Fact]
    public void Without_the_list_nobody_knows_where_to_cut()
    {
        Packet packet = SuperFrame(new IPv4Fields(), Chunks(Sizes));
        packet.Linearize();
        Assert.Equal(DropReason.GsoListMissing, Send(packet, NetDevice.Wire()));

        Packet snapped = SuperFrame(new IPv4Fields(), Chunks(Sizes));
        snapped.MissingTail = 4;
        Assert.Equal(DropReason.GsoListMissing, Send(snapped, NetDevice.Wire()));
    }

    [Fact]
    public void A_packet_that_no_length_field_can_describe_is_refused()
    {
        Assert.Equal(DropReason.GsoSegmentTooLong, Send(SuperFrame(new IPv4Fields { LengthField = 0 }, Chunks([100, 65_504])), NetDevice.Wire()));
        Assert.Equal(DropReason.None, Send(SuperFrame(new IPv4Fields { LengthField = 0 }, Chunks([100, 65_503])), NetDevice.Wire()));
    }

    [Theory]
    [InlineData(false, 34)]
    [InlineData(true, 30)]
    public void A_checksum_of_another_kind_or_at_another_place_is_refused(bool isCrc, int start)
    {
        Packet packet = SuperFrame(new IPv4Fields(), Chunks(Sizes));
        packet.Offload = packet.Offload with { ChecksumIsCrc32C = isCrc, ChecksumStart = start };
        Assert.Equal(DropReason.GsoTypeMismatch, Send(packet, NetDevice.Wire()));
    }

    [Fact]
    public void The_super_frame_keeps_its_list_when_it_is_cut()
    {
        using Packet packet = SuperFrame(new IPv4Fields(), Chunks(Sizes));
        byte[] before = Cutter.Bytes(packet);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(DropReason.None, Wiretrue.Segmentation.GenericSegmentation.Segment(packet, DeviceFeatures.None, _ready));
            Assert.Equal(Sizes.Length, _ready.Count);
            _ready.Clear();
        }
        Assert.Equal(before, Cutter.Bytes(packet));
    }

    private static byte[][] Chunks(int[] sizes)
    {
        byte[][] chunks = new byte[sizes.Length][];
        for (int i = 0; i < sizes.Length; i++)
        {
            // DATA chunks (RFC 9260 3.3.1) that fill each packet.
            chunks[i] = Frames.Payload(sizes[i], seed: 11 + i);
            chunks[i][0] = 0;
            BinaryPrimitives.WriteUInt16BigEndian(chunks[i].AsSpan(2), (ushort)sizes[i]);
        }
        return chunks;
    }

    private static OffloadState State(int transport) => new()
    {
        Checksum = ChecksumState.Partial,
        ChecksumIsCrc32C = true,
        ChecksumStart = transport,
        ChecksumOffset = 8,
        GsoType = GsoType.Sctp,
        GsoSize = OffloadState.GsoByFragmentList,
    };

    private Packet SuperFrame(IPFields ip, byte[][] chunks, int inHead = 0, int total = 0)
    {
        byte[] all = total == 0 ? [.. chunks.SelectMany(part => part)] : new byte[total];
        byte[] frame = Frames.Ethernet(Frames.Sctp(ip, FieldChecksum.Zero, all));
        int headers = 14 + ip.HeaderLength + 12;
        int head = chunks.Take(inHead).Sum(part => part.Length);
        return Listed(frame, headers + head, chunks[inHead..], State(14 + ip.HeaderLength));
    }

    private Packet Listed(byte[] frame, int head, byte[][] chunks, OffloadState state)
    {
        Packet packet = _pool.Rent(frame.AsSpan(0, head), state);
        foreach (byte[] part in chunks)
            packet.AddToFragmentList(_pool.Rent(part, default));
        return packet;
    }

    private DropReason Send(Packet packet, NetDevice device) => TransmitPath.Validate(packet, device, _ready);

    private void AssertSame(List<byte[]> packets) =>
        Assert.Equal(packets.Select(packet => Convert.ToHexString(Frames.Ethernet(packet))), _ready.Frames().Select(Convert.ToHexString));
}
