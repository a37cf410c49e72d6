using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Devices.Models;

public sealed class DeviceModelsTests
{
    private static readonly byte[] Content = Frames.Payload(3000);

    [Fact]
    public void Every_model_has_a_name_of_its_own_and_keeps_the_rules()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (NetDevice device in DeviceModels.CreateAll())
        {
            Assert.True(names.Add(device.Name), device.Name);
            Assert.Empty(device.UnmetFeatures);
            Assert.InRange(device.Mtu, 1500, 65536);
            Assert.Equal(device.Features, DeviceModels.Create(device.Name)!.Features);
        }
        Assert.Null(DeviceModels.Create("no such device"));
    }

    [Fact]
    public void Two_devices_of_a_model_are_two()
    {
        NetDevice one = CardModels.CreateGeneric();
        one.Switch(DeviceFeatures.ChecksumGeneric, on: false);
        Assert.NotEqual(one.Features, CardModels.CreateGeneric().Features);
    }

    /// <summary>What becomes of a TCP super-frame of 3000 bytes at 1000: one that is left to the device, or three.</summary>
    [Theory]
    [InlineData("wire", false, 3)]
    [InlineData("wire", true, 3)]
    [InlineData("lo", false, 1)]
    [InlineData("lo", true, 1)]
    [InlineData("reliable", false, 1)]
    [InlineData("reliable", true, 3)]
    [InlineData("veth", true, 1)]
    [InlineData("virtio", true, 1)]
    [InlineData("card-ipv4", false, 3)]
    [InlineData("card", false, 1)]
    [InlineData("card", true, 1)]
    [InlineData("card-parsing", true, 1)]
    [InlineData("receiver-smart", false, 3)]
    public void A_super_frame_is_left_to_those_that_cut_it(string name, bool v6, int frames)
    {
        IPFields ip = v6 ? new IPv6Fields() : new IPv4Fields();
        byte[] frame = Frames.Ethernet(Frames.Tcp(ip, new TcpFields { Checksum = FieldChecksum.Partial }, Content));
        OffloadState state = Cutter.State(v6 ? GsoType.TcpV6 : GsoType.TcpV4, 1000, v6 ? 54 : 34);
        Assert.Equal(DropReason.None, Cutter.TryCut(frame, state, DeviceModels.Create(name)!, out List<byte[]> sent));
        Assert.Equal(frames, sent.Count);
        if (frames == 1)
            Assert.Equal(frame, sent[0]);
    }

    /// <summary>Whether a checksum that is owed is still owed in what the device is given.</summary>
    [Theory]
    [InlineData("wire", false, false, false)]
    [InlineData("lo", true, false, true)]
    [InlineData("reliable", false, false, true)]
    [InlineData("reliable", true, false, true)]
    [InlineData("reliable", true, true, false)]
    [InlineData("card-ipv4", false, false, true)]
    [InlineData("card-ipv4", true, false, false)]
    [InlineData("card-ipv4", false, true, false)]
    [InlineData("card", true, true, true)]
    [InlineData("card-parsing", true, true, true)]
    [InlineData("virtio", false, true, true)]
    [InlineData("receiver-dumb", false, false, false)]
    public void A_checksum_is_left_to_those_that_finish_it(string name, bool v6, bool tagged, bool left)
    {
        IPFields ip = v6 ? new IPv6Fields() : new IPv4Fields();
        (ushort, ushort)[] tags = tagged ? [(0x8100, 5)] : [];
        byte[] owed = Frames.Ethernet(Frames.Udp(ip, new UdpFields { Checksum = FieldChecksum.Partial }, Content.AsSpan(0, 900)), tags);
        byte[] good = Frames.Ethernet(Frames.Udp(ip, new UdpFields { Checksum = FieldChecksum.Good }, Content.AsSpan(0, 900)), tags);
        int transport = (v6 ? 54 : 34) + (tagged ? 4 : 0);
        var state = new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = (ushort)transport, ChecksumOffset = 6 };
        Cutter.TryCut(owed, state, DeviceModels.Create(name)!, out List<byte[]> sent);
        Assert.Equal(left ? owed : good, Assert.Single(sent));
    }

    [Theory]
    [InlineData("veth")]
    [InlineData("virtio")]
    public void Behind_two_tags_everything_is_left_to_who_hands_it_on(string name)
    {
        byte[] frame = Frames.Ethernet(
            Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Content), (0x88A8, 7), (0x8100, 5));
        Cutter.TryCut(frame, Cutter.State(GsoType.TcpV4, 1000, 42), DeviceModels.Create(name)!, out List<byte[]> sent);
        Assert.Equal(frame, Assert.Single(sent));
    }

    [Theory]
    [InlineData("card", true)]
    [InlineData("card-parsing", true)]
    [InlineData("card-ipv4", false)]
    public void Behind_two_tags_software_cuts_and_only_start_and_offset_are_left_to_a_card(string name, bool left)
    {
        byte[] frame = Frames.Ethernet(
            Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Content), (0x88A8, 7), (0x8100, 5));
        Cutter.TryCut(frame, Cutter.State(GsoType.TcpV4, 1000, 42), DeviceModels.Create(name)!, out List<byte[]> sent);
        Assert.Equal(3, sent.Count);
        foreach (byte[] segment in sent)
        {
            bool good = PlainSum.Sum(segment.AsSpan(42), new IPv4Fields().PseudoSum(6, segment.Length - 42)) == 0xFFFF;
            Assert.Equal(left, !good);
        }
    }

    [Fact]
    public void A_card_that_reads_headers_itself_gets_VXLAN_whole_and_what_it_cannot_read_cut()
    {
        byte[] inner = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Content));
        byte[] vxlan = Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Zero, inner));
        OffloadState state = Cutter.State(GsoType.TcpV4 | GsoType.UdpTunnel, 1000, 14 + 20 + 8 + 8 + 14 + 20);
        Cutter.TryCut(vxlan, state, CardModels.CreateHeaderParsing(), out List<byte[]> sent);
        Assert.Equal(vxlan, Assert.Single(sent));

        byte[] geneve = Geneve(inner);
        OffloadState further = Cutter.State(GsoType.TcpV4 | GsoType.UdpTunnel, 1000, 14 + 20 + 8 + 16 + 14 + 20);
        Cutter.TryCut(geneve, further, CardModels.CreateHeaderParsing(), out sent);
        Assert.Equal(3, sent.Count);
        Cutter.TryCut(geneve, further, CardModels.CreateGeneric(), out sent);
        Assert.Equal(geneve, Assert.Single(sent));
    }

    [Fact]
    public void A_tunnel_that_a_card_cuts_only_in_part_gets_the_outer_headers_of_one_segment_before()
    {
        byte[] inner = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Content));
        byte[] vxlan = Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Zero, inner));
        OffloadState state = Cutter.State(GsoType.TcpV4 | GsoType.UdpTunnel, 1000, 14 + 20 + 8 + 8 + 14 + 20);
        foreach (DeviceFeatures partial in (DeviceFeatures[])[DeviceFeatures.UdpTunnelChecksumSegmentation, DeviceFeatures.UdpTunnelSegmentation])
        {
            DeviceFeatures all = CardModels.CreateGeneric().Features | DeviceFeatures.PartialSegmentation;
            var card = new NetDevice("partial", all, 1500) { EncapsulationFeatures = all, PartialGsoFeatures = partial };
            Assert.Empty(card.UnmetFeatures);
            Cutter.TryCut(vxlan, state, card, out List<byte[]> sent);
            byte[] piece = Assert.Single(sent);
            int udpLength = (piece[38] << 8) | piece[39];
            Assert.Equal(8 + 8 + 14 + 20 + 20 + (partial == DeviceFeatures.UdpTunnelSegmentation ? 1000 : 3000), udpLength);
        }
    }

    [Fact]
    public void Receivers_differ_in_what_they_say()
    {
        Assert.Equal(ReceiverClass.Dumb, ReceiverModels.CreateDumb().Receiver);
        Assert.Equal(DeviceFeatures.None, ReceiverModels.CreateDumb().Features & DeviceFeatures.ReceiveChecksum);
        foreach (NetDevice device in (NetDevice[])[ReceiverModels.CreateOpaque(), ReceiverModels.CreateSmart()])
            Assert.NotEqual(DeviceFeatures.None, device.Features & DeviceFeatures.ReceiveChecksum);
        Assert.Equal(ReceiverClass.Opaque, ReceiverModels.CreateOpaque().Receiver);
        Assert.Equal(ReceiverClass.Smart, ReceiverModels.CreateSmart().Receiver);
    }

    /// <summary>Geneve with 8 bytes of options, so that the inner frame begins further on than it would behind VXLAN.</summary>
    private static byte[] Geneve(byte[] inner) => Frames.Ethernet(Frames.Udp(
        new IPv4Fields(),
        new UdpFields { DestinationPort = 6081, Checksum = FieldChecksum.Zero },
        [0x02, 0, 0x65, 0x58, 0, 0, 66, 0, 0x01, 0x02, 0x80, 0x01, 1, 2, 3, 4, .. inner]));
}
