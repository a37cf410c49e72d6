using Wiretrue.Captures.Diagnosis;
using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using static Wiretrue.Captures.Diagnosis.ArtefactKind;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Captures.Tests.Diagnosis;

public sealed class ExpectedArtefactsTests
{
    public static TheoryData<DeviceFeatures, ArtefactKind, string, string> OfWhatIsSent => new()
    {
        { ChecksumGeneric, HalfMadeChecksum, "what is sent: half-made checksums of TCP and UDP over IPv4 and IPv6", "tx-checksum-ip-generic off" },
        { ChecksumIPv4, HalfMadeChecksum, "what is sent: half-made checksums of TCP and UDP over IPv4", "tx-checksum-ipv4 off" },
        { ChecksumIPv6, HalfMadeChecksum, "what is sent: half-made checksums of TCP and UDP over IPv6", "tx-checksum-ipv6 off" },
        {
            ChecksumIPv4 | ChecksumIPv6, HalfMadeChecksum, "what is sent: half-made checksums of TCP and UDP over IPv4 and IPv6",
            "tx-checksum-ipv4 off tx-checksum-ipv6 off"
        },
        { NoChecksum, HalfMadeChecksum, "what is sent: half-made checksums of TCP and UDP over IPv4 and IPv6", "tx-checksum-unneeded off" },
        { ChecksumSctp, SctpChecksumOwed, "what is sent: SCTP with a CRC32c of 0", "tx-checksum-sctp off" },
        { VlanInsert, VlanTagOutside, $"what is sent: {Tags}", "tx-vlan-hw-insert off" },
        { ServiceVlanInsert, VlanTagOutside, $"what is sent: {Tags}", "tx-vlan-stag-hw-insert off" },
        { UdpTunnelSegmentation, TunnelSuperFrame, "what is sent: super-frames inside UDP tunnels (VXLAN, Geneve), up to 65536 bytes", "tx-udp_tnl-segmentation off" },
        {
            GreSegmentation | IPXIP4Segmentation | IPXIP6Segmentation, TunnelSuperFrame,
            "what is sent: super-frames inside GRE, IPv4 and IPv6, up to 65536 bytes",
            "tx-gre-segmentation off tx-ipxip4-segmentation off tx-ipxip6-segmentation off"
        },
        { Esp, ClearText, "what is sent: payloads in clear that the device encrypts", "esp-hw-offload off" },
    };

    public static TheoryData<DeviceFeatures, ArtefactKind, string, string> OfWhatIsReceived => new()
    {
        { GenericReceive, TcpSuperFrame, "what is received: TCP merged by software, up to 65536 bytes", "rx-gro off" },
        { LargeReceive, TcpSuperFrame, "what is received: TCP merged by the device into frames with headers and checksums of their own", "rx-lro off" },
        { ReceiveFcs, FrameCheckSequence, "what is received: four bytes of frame check sequence at the end", "rx-fcs off" },
        { ReceiveAll, BrokenFrame, "what is received: frames that are broken", "rx-all off" },
    };

    private const string Tags = "VLAN tags outside of the bytes (libpcap puts them back; others must ask for PACKET_AUXDATA)";

    [Theory]
    [MemberData(nameof(OfWhatIsSent))]
    public void What_is_left_to_the_device_shows_on_what_is_sent(DeviceFeatures features, ArtefactKind kind, string text, string prevention) =>
        AssertOnly(features, received: false, kind, text, prevention);

    [Theory]
    [MemberData(nameof(OfWhatIsReceived))]
    public void What_is_merged_or_kept_shows_on_what_is_received(DeviceFeatures features, ArtefactKind kind, string text, string prevention) =>
        AssertOnly(features, received: true, kind, text, prevention);

    [Theory]
    [InlineData(ScatterGather | GenericSegmentation)]
    [InlineData(HighDma | FragmentList | ReceiveHash | NtupleFilter)]
    [InlineData(ReceiveChecksum)]
    [InlineData(GsoRobust)]
    public void What_software_does_before_a_capture_sees_it_does_not_show(DeviceFeatures features) =>
        Assert.Empty(ExpectedArtefacts.Of(Challenged(features)));

    [Fact]
    public void Cutting_tcp_needs_its_companions_and_shows_on_its_own()
    {
        ExpectedArtefact tcp = Of(Challenged(ScatterGather | ChecksumGeneric | TcpSegmentation), TcpSuperFrame);
        Assert.Equal("what is sent: super-frames of TCP over IPv4, up to 65536 bytes", tcp.Description);
        tcp = Of(Challenged(ScatterGather | ChecksumGeneric | Tcp6Segmentation), TcpSuperFrame);
        Assert.Equal("what is sent: super-frames of TCP over IPv6, up to 65536 bytes", tcp.Description);
        NetDevice card = Challenged(ScatterGather | ChecksumGeneric | TcpMask | UdpSegmentation);
        card.GsoMaxSize = 200_000;
        tcp = Of(card, TcpSuperFrame);
        Assert.Equal("what is sent: super-frames of TCP, up to 200000 bytes", tcp.Description);
        Assert.Equal("ethtool -K eth0 tx-tcp-segmentation off tx-tcp6-segmentation off", tcp.Prevention("eth0"));
        Assert.Equal("ethtool -K eth0 tx-udp-segmentation off", Of(card, UdpSuperDatagram).Prevention("eth0"));
    }

    [Fact]
    public void Merging_in_the_device_can_be_switched_where_it_is_not_fixed()
    {
        NetDevice card = Challenged(ReceiveChecksum | GenericReceiveHardware);
        Assert.Equal("ethtool -K eth0 rx-gro-hw off", Of(card, TcpSuperFrame).Prevention("eth0"));
        var guest = new NetDevice("guest", ReceiveChecksum | GenericReceiveHardware, 1500) { HardwareFeatures = None };
        Assert.Null(Of(guest, TcpSuperFrame).Prevention("guest"));
    }

    [Fact]
    public void Udp_is_merged_for_those_who_asked_and_else_where_it_is_switched_on()
    {
        Assert.DoesNotContain(ExpectedArtefacts.Of(Challenged(GenericReceive)), each => each.Kind == UdpSuperDatagram);
        ExpectedArtefact udp = Of(Challenged(GenericReceive | GenericReceiveUdpForwarding), UdpSuperDatagram);
        Assert.Equal("ethtool -K eth0 rx-udp-gro-forwarding off", udp.Prevention("eth0"));
        Assert.DoesNotContain(ExpectedArtefacts.Of(Challenged(GenericReceiveUdpForwarding)), each => each.Kind == UdpSuperDatagram);
    }

    [Fact]
    public void A_tag_is_taken_out_by_software_where_the_device_does_not()
    {
        ExpectedArtefact tag = Assert.Single(ExpectedArtefacts.Of(new NetDevice("eth0", ReceiveChecksum, 1500)));
        Assert.Equal((VlanTagOutside, true, None), (tag.Kind, tag.Received, tag.Because));
        Assert.Null(tag.Prevention("eth0"));
        tag = Assert.Single(ExpectedArtefacts.Of(new NetDevice("eth0", VlanParse, 1500)));
        Assert.Equal(VlanParse, tag.Because);
        Assert.Null(tag.Prevention("eth0"));
    }

    [Fact]
    public void A_feature_that_is_fixed_leaves_no_way_out()
    {
        var card = new NetDevice("eth0", ChecksumIPv4 | ChecksumIPv6 | VlanChallenged, 1500) { HardwareFeatures = ChecksumIPv4 };
        ExpectedArtefact checksum = Assert.Single(ExpectedArtefacts.Of(card));
        Assert.Equal(ChecksumIPv4 | ChecksumIPv6, checksum.Because);
        Assert.Null(checksum.Prevention("eth0"));
    }

    [Fact]
    public void On_the_loopback_what_is_sent_is_received_as_it_is()
    {
        IReadOnlyList<ExpectedArtefact> all = ExpectedArtefacts.Of(LoopbackModel.Create());
        Assert.Equal([HalfMadeChecksum, SctpChecksumOwed, TcpSuperFrame, UdpSuperDatagram], all.Select(each => each.Kind));
        Assert.All(all, each => Assert.StartsWith("what is sent, and so received: ", each.Description, StringComparison.Ordinal));
    }

    [Fact]
    public void A_pair_receives_what_its_other_end_left_owed()
    {
        ExpectedArtefact owed = ExpectedArtefacts.Of(VirtualPairModel.Create()).First(each => each.Received);
        Assert.Equal((HalfMadeChecksum, None), (owed.Kind, owed.Because));
        Assert.Null(owed.Prevention("veth0"));
    }

    [Fact]
    public void The_wire_shows_itself() => Assert.Empty(ExpectedArtefacts.Of(NetDevice.Wire()));

    /// <summary>What is prevented by the command that is shown does not come back by another feature.</summary>
    [Fact]
    public void What_is_prevented_no_longer_shows()
    {
        foreach (NetDevice device in DeviceModels.CreateAll())
        {
            foreach (ExpectedArtefact artefact in ExpectedArtefacts.Of(device).Where(each => each.Switchable != None))
            {
                NetDevice switched = DeviceModels.Create(device.Name)!;
                switched.Switch(artefact.Switchable, on: false);
                Assert.DoesNotContain(ExpectedArtefacts.Of(switched), each => each.Description == artefact.Description);
            }
        }
    }

    private static void AssertOnly(DeviceFeatures features, bool received, ArtefactKind kind, string text, string prevention)
    {
        ExpectedArtefact artefact = Assert.Single(ExpectedArtefacts.Of(Challenged(features)));
        Assert.Equal((kind, received, text, features), (artefact.Kind, artefact.Received, artefact.Description, artefact.Because));
        Assert.Equal($"ethtool -K eth0 {prevention}", artefact.Prevention("eth0"));
    }

    private static ExpectedArtefact Of(NetDevice device, ArtefactKind kind) => ExpectedArtefacts.Of(device).Single(each => each.Kind == kind);

    // One that carries no tags has no artefact but those of its features.
    private static NetDevice Challenged(DeviceFeatures features) => new("eth0", features | VlanChallenged, 1500);
}
