using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Transmit;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Tests.Transmit;

public sealed class VlanInsertionTests
{
    private const DeviceFeatures Card = ScatterGather | ChecksumGeneric | TcpSegmentation | HighDma;

    private static readonly OffloadState Owed = Cutter.State(GsoType.None, 0, 34) with { VlanProtocol = 0x8100, VlanTci = 5 };

    private static readonly OffloadState Super = Cutter.State(GsoType.TcpV4, 500, 34) with { VlanProtocol = 0x8100, VlanTci = 5 };

    private static byte[] Partial => Frames.Ethernet(Tcp(FieldChecksum.Partial));

    [Fact]
    public void The_wire_gets_the_tag_in_the_bytes_and_the_checksum_done()
    {
        Cutter.TryCut(Partial, Owed, NetDevice.Wire(), out List<byte[]> frames);
        Assert.Equal(Frames.Ethernet(Tcp(FieldChecksum.Good), (0x8100, 5)), Assert.Single(frames));
    }

    [Theory]
    [InlineData(0x8100, VlanInsert, true)]
    [InlineData(0x88A8, VlanInsert, false)]
    [InlineData(0x8100, ServiceVlanInsert, false)]
    [InlineData(0x88A8, ServiceVlanInsert, true)]
    [InlineData(0x8100, None, false)]
    public void A_tag_is_left_to_a_device_that_writes_tags_of_its_kind(int protocol, DeviceFeatures feature, bool left)
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        OffloadState state = Owed with { VlanProtocol = (ushort)protocol };
        var device = new NetDevice("card", Card | feature, 1500) { VlanFeatures = Card };
        Assert.Equal(DropReason.None, TransmitPath.Validate(pool.Rent(Partial, state), device, ready));
        Packet packet = ready.First!;
        Assert.Equal(left ? state : state with { VlanProtocol = 0, VlanTci = 0, ChecksumStart = 38 }, packet.Offload);
        Assert.Equal(left ? Partial : Frames.Ethernet(Tcp(FieldChecksum.Partial), ((ushort)protocol, 5)), Cutter.Bytes(packet));
    }

    [Fact]
    public void A_completed_checksum_leaves_the_tag_to_the_device()
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        var device = new NetDevice("card", ScatterGather | VlanInsert | HighDma, 1500);
        TransmitPath.Validate(pool.Rent(Partial, Owed), device, ready);
        Assert.Equal(new OffloadState { VlanProtocol = 0x8100, VlanTci = 5 }, ready.First!.Offload);
        Assert.Equal(Frames.Ethernet(Tcp(FieldChecksum.Good)), Cutter.Bytes(ready.First!));
    }

    [Fact]
    public void A_tag_outside_counts_as_one_so_what_holds_below_tags_is_what_there_is()
    {
        foreach (DeviceFeatures below in (DeviceFeatures[])[None, Card])
        {
            var device = new NetDevice("card", Card | VlanInsert, 1500) { VlanFeatures = below };
            using var pool = new PacketPool();
            using var ready = new PacketQueue();
            TransmitPath.Validate(pool.Rent(Partial, Super), device, ready);
            Assert.Equal(below == None ? 3 : 1, ready.Count);
            for (Packet? packet = ready.First; packet is not null; packet = packet.Next)
                Assert.Equal((0x8100, 5), (packet.Offload.VlanProtocol, packet.Offload.VlanTci));
        }
    }

    [Fact]
    public void One_tag_outside_and_one_in_the_bytes_are_two()
    {
        var device = new NetDevice("card", Card | VlanInsert | ServiceVlanInsert, 1500) { VlanFeatures = Card };
        byte[] tagged = Frames.Ethernet(Tcp(FieldChecksum.Partial), (0x8100, 6));
        string[] lines = Listener.Lines(tagged, Super with { ChecksumStart = 38, VlanProtocol = 0x88A8 }, device);
        Assert.Equal("DriverCheck: the device looked at the packet: without tx-tcp-segmentation", lines[1]);
        Assert.Contains("TagLeft: VLAN tag left to the device: tx-vlan-stag-hw-insert", lines);
        Assert.Equal("ChecksumLeft: checksum left to the device: tx-checksum-ip-generic", lines[^1]);
    }

    [Fact]
    public void Segments_carry_the_tag_of_the_super_frame_in_their_bytes_where_the_device_writes_none()
    {
        byte[] inside = Frames.Ethernet(Tcp(FieldChecksum.Partial), (0x8100, 5));
        List<byte[]> expected = Cutter.Cut(inside, Cutter.State(GsoType.TcpV4, 500, 38));
        Assert.Equal(3, expected.Count);
        Assert.Equal(expected, Cutter.Cut(Partial, Super));
    }

    [Fact]
    public void A_tag_goes_into_the_bytes_before_anything_else_is_done()
    {
        string[] lines = Listener.Lines(Partial, Super, NetDevice.Wire());
        Assert.Equal("TagInserted: VLAN tag written into the bytes: no tx-vlan-hw-insert", lines[1]);
        Assert.Equal("Segmented: cut into 3 frames: no tx-tcp-segmentation", lines[2]);
    }

    [Fact]
    public void A_tag_for_what_is_no_Ethernet_frame_drops_it()
    {
        NetDevice wire = NetDevice.Wire();
        Assert.Equal(DropReason.VlanTagWithoutPlace, Cutter.TryCut([1, 2, 3], new OffloadState { VlanProtocol = 0x8100 }, wire, out _));
        Assert.Equal(1, wire.Statistics.Dropped(DropReason.VlanTagWithoutPlace));
    }

    /// <summary>As in Linux, being challenged keeps VLAN devices from being made on it, and takes nothing from the path.</summary>
    [Fact]
    public void A_challenged_device_gets_the_tag_as_any_other()
    {
        Cutter.TryCut(Partial, Owed, LoopbackModel.Create(), out List<byte[]> frames);
        Assert.Equal(Frames.Ethernet(Tcp(FieldChecksum.Good), (0x8100, 5)), Assert.Single(frames));
    }

    private static byte[] Tcp(FieldChecksum checksum) => Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = checksum }, Frames.Payload(1200));
}
