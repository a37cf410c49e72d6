using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Transmit;

public sealed class TransmitObserverTests
{
    private static readonly OffloadState Tcp4 = new() { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 16 };

    private static readonly OffloadState Super = Tcp4 with { GsoType = GsoType.TcpV4, GsoSize = 500 };

    private static byte[] Partial =>
        Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(1200)));

    [Fact]
    public void What_owes_nothing_has_nothing_decided_but_where_it_goes() =>
        Assert.Equal(
            ["DeviceFeatures: the device has tx-scatter-gather highdma tx-scatter-gather-fraglist"],
            Listener.Lines(Partial, default, NetDevice.Wire()));

    [Fact]
    public void A_checksum_is_finished_for_lack_of_a_feature() =>
        Assert.Equal(
            "ChecksumCompleted: checksum finished: no tx-checksum-ip-generic",
            Listener.Lines(Partial, Tcp4, NetDevice.Wire())[^1]);

    [Fact]
    public void A_checksum_is_left_to_a_device_that_finishes_it() =>
        Assert.Equal(
            "ChecksumLeft: checksum left to the device: tx-checksum-ip-generic",
            Listener.Lines(Partial, Tcp4, CardModels.CreateGeneric())[^1]);

    [Fact]
    public void A_super_frame_is_cut_for_lack_of_a_feature() =>
        Assert.Equal(
            ["Segmented: cut into 3 frames: no tx-tcp-segmentation", "ChecksumCompleted: checksum finished: no tx-checksum-ip-generic"],
            Listener.Lines(Partial, Super, NetDevice.Wire())[^2..]);

    [Fact]
    public void A_super_frame_is_left_to_a_device_that_cuts_it() =>
        Assert.Equal(
            "SegmentationLeft: cutting left to the device: tx-tcp-segmentation",
            Listener.Lines(Partial, Super, CardModels.CreateGeneric())[^1]);

    [Fact]
    public void A_super_frame_beyond_a_limit_says_which()
    {
        NetDevice card = CardModels.CreateGeneric();
        card.GsoMaxSize = 1000;
        string[] lines = Listener.Lines(Partial, Super, card);
        Assert.StartsWith("SegmentLimits: 1254 bytes, and the device takes super-frames shorter than 1000: without tx-tcp-seg", lines[1], StringComparison.Ordinal);
        card.GsoMaxSize = 65536;
        card.GsoMaxSegments = 2;
        lines = Listener.Lines(Partial, Super with { GsoSegments = 3 }, card);
        Assert.StartsWith("SegmentLimits: 3 segments, and the device makes 2 at most: without tx-tcp-seg", lines[1], StringComparison.Ordinal);
        Assert.Equal(
            ["Segmented: cut into 3 frames: no tx-tcp-segmentation", "ChecksumLeft: checksum left to the device: tx-checksum-ip-generic"],
            lines[^2..]);
    }

    [Fact]
    public void A_drop_is_told_with_its_reason() =>
        Assert.Equal(
            "Dropped: dropped: ChecksumBeyondPacket",
            Listener.Lines(Partial, Tcp4 with { ChecksumStart = 5000 }, NetDevice.Wire())[^1]);

    [Fact]
    public void A_step_that_takes_no_feature_away_is_not_told()
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        var listener = new Listener();
        TransmitPath.Validate(pool.Rent(Partial, Super), CardModels.CreateGeneric(), ready, ref listener);
        Assert.Equal([TransmitStep.DeviceFeatures, TransmitStep.SegmentationLeft], listener.Heard.Select(decision => decision.Step));
        Assert.Equal(CardModels.CreateGeneric().Features, listener.Heard[0].After);
    }

    [Fact]
    public void With_an_observer_the_same_leaves()
    {
        Cutter.TryCut(Partial, Super, NetDevice.Wire(), out List<byte[]> expected);
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        var listener = new Listener();
        Assert.Equal(DropReason.None, TransmitPath.Validate(pool.Rent(Partial, Super), NetDevice.Wire(), ready, ref listener));
        foreach (byte[] frame in expected)
        {
            using Packet packet = ready.Dequeue()!;
            Assert.Equal(frame, Cutter.Bytes(packet));
        }
        Assert.Null(ready.First);
    }

    [Fact]
    public void What_a_device_repeats_the_outer_headers_of_is_cut_into_pieces_and_left_to_it()
    {
        byte[] vxlan = Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Partial, Partial));
        DeviceFeatures features = CardModels.CreateGeneric().Features | DeviceFeatures.PartialSegmentation;
        var card = new NetDevice("partial", features, 1500)
        {
            EncapsulationFeatures = features,
            PartialGsoFeatures = DeviceFeatures.UdpTunnelChecksumSegmentation,
        };
        OffloadState state = Super with { ChecksumStart = 84, GsoType = GsoType.TcpV4 | GsoType.UdpTunnelChecksum };
        Assert.Equal(
            [
                "PartialSegmentation: the outer headers are not those of one segment: without tx-udp_tnl-csum-segmentation",
                "Segmented: cut into 2 frames: no tx-udp_tnl-csum-segmentation",
                "ChecksumLeft: checksum left to the device: tx-checksum-ip-generic",
                "SegmentationLeft: cutting left to the device: tx-gso-partial",
            ],
            Listener.Lines(vxlan, state, card)[1..]);
    }
}
