using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Transmit;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Tests.Transmit;

/// <summary>Which features hold for a packet, and which step takes the others away, in the kernel's order.</summary>
public sealed class PacketFeaturesTests
{
    private const DeviceFeatures Parts = ScatterGather | FragmentList | HighDma;

    private static readonly byte[] Payload = Frames.Payload(1200);

    private static readonly byte[] Tcp4 = Tcp(new IPv4Fields());
    private static readonly byte[] Tcp6 = Tcp(new IPv6Fields());

    private static readonly OffloadState Super4 = Cutter.State(GsoType.TcpV4, 500, 34);
    private static readonly OffloadState Super6 = Cutter.State(GsoType.TcpV6, 500, 54);

    [Fact]
    public void All_steps_come_in_the_kernel_s_order()
    {
        // Outside in: a service tag beside the bytes, VXLAN, and within it what is to be cut.
        byte[] inner = Frames.Ethernet(Tcp(new IPv4Fields { DontFragment = false }).AsSpan(14), (0x8100, 1));
        byte[] frame = Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Zero, inner), (0x8100, 2));
        var device = new Narrowing(Parts & ~HighDma | ChecksumGeneric | SoftwareSegmentationMask | TunnelMask | PartialSegmentation | VlanInsert)
        {
            PartialGsoFeatures = GreSegmentation,
            EncapsulationFeatures = ScatterGather | TcpMask | UdpTunnelSegmentation | ChecksumGeneric | SctpSegmentation,
            VlanFeatures = TcpSegmentation | ScatterGather | SctpSegmentation,
        };
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        var listener = new Listener();
        OffloadState state = Cutter.State(GsoType.TcpV4 | GsoType.UdpTunnel, 500, 18 + 36 + 18 + 20) with { VlanProtocol = 0x88A8 };
        TransmitPath.Validate(pool.Rent(new Page(frame, isHigh: true), 0, frame.Length, state), device, ready, ref listener);
        Assert.Equal(
            [
                TransmitStep.DeviceFeatures, TransmitStep.PartialSegmentation, TransmitStep.FragmentableId, TransmitStep.Encapsulation,
                TransmitStep.Vlan, TransmitStep.DriverCheck, TransmitStep.Checksum, TransmitStep.HighDma, TransmitStep.TagInserted,
                TransmitStep.Segmented, TransmitStep.ChecksumCompleted, TransmitStep.Linearized,
            ],
            listener.Heard.Select(decision => decision.Step));
        for (int i = 1; i <= 7; i++)
            Assert.Equal(listener.Heard[i - 1].After, listener.Heard[i].Before);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public void An_ID_is_mangled_only_where_no_router_needs_it(bool inTunnel, bool left)
    {
        byte[] inner = Tcp(new IPv4Fields { DontFragment = left });
        // In a tunnel it is the inner header that counts.
        byte[] frame = inTunnel ? Frames.Ethernet(Frames.Vxlan(new IPv4Fields { DontFragment = !left }, FieldChecksum.Zero, inner)) : inner;
        GsoType type = GsoType.TcpV4 | GsoType.TcpFixedId | (inTunnel ? GsoType.UdpTunnel : GsoType.None);
        DeviceFeatures all = Parts | ChecksumGeneric | TcpMask | TunnelMask;
        var device = new NetDevice("card", all, 1500) { EncapsulationFeatures = all };
        string[] lines = Listener.Lines(frame, Cutter.State(type, 500, inTunnel ? 84 : 34), device);
        Assert.Equal(!left, lines.Contains("FragmentableId: IPv4 without DF, so that segments need IDs of their own: without tx-tcp-mangleid-segmentation"));
        Assert.Equal(left ? "SegmentationLeft" : "ChecksumLeft", lines[^1].Split(':')[0]);
    }

    [Fact]
    public void What_else_mangles_IDs_goes_with_it()
    {
        var device = new NetDevice("tunnel", Parts | ChecksumGeneric | TcpMask, 1500) { MangleIdFeatures = TcpSegmentation };
        Assert.Equal(3, Sent(Tcp(new IPv4Fields { DontFragment = false }), Super4, device).Count);
        Assert.Single(Sent(Tcp(new IPv4Fields()), Super4, device));
    }

    [Fact]
    public void IPv4_and_IPv6_have_limits_of_their_own_and_a_tag_in_the_bytes_hides_IPv6()
    {
        DeviceFeatures all = Parts | ChecksumGeneric | TcpMask;
        var device = new NetDevice("card", all, 1500) { VlanFeatures = all, GsoMaxSize = 100_000, GsoIPv4MaxSize = 1000 };
        Assert.Equal(3, Sent(Tcp4, Super4, device).Count);
        Assert.Single(Sent(Tcp6, Super6, device));
        Assert.Equal(3, Sent(Frames.Ethernet(Tcp6.AsSpan(14), (0x8100, 1)), Super6 with { ChecksumStart = 58 }, device).Count);
        Assert.Single(Sent(Tcp6, Super6 with { VlanProtocol = 0x8100 }, device));
    }

    [Fact]
    public void Setting_the_limit_sets_both_unless_it_is_beyond_what_IPv4_can_say()
    {
        var device = new NetDevice("card", None, 1500) { GsoMaxSize = 1000 };
        Assert.Equal(1000, device.GsoIPv4MaxSize);
        device.GsoMaxSize = 200_000;
        Assert.Equal(1000, device.GsoIPv4MaxSize);
    }

    [Fact]
    public void A_size_without_a_type_is_nothing_that_a_device_could_cut()
    {
        OffloadState state = Super4 with { GsoType = GsoType.None };
        string[] lines = Listener.Lines(Tcp4, state, new NetDevice("card", Parts | ChecksumGeneric | TcpMask, 1500));
        Assert.StartsWith("SegmentLimits: a segment size, and no word on what is to be cut: without tx-tcp", lines[1], StringComparison.Ordinal);
        Assert.Equal("Dropped: dropped: GsoTypeMismatch", lines[^1]);
    }

    [Theory]
    [InlineData(ChecksumIPv6, true, 3)]
    [InlineData(ChecksumIPv6, false, 1)]
    [InlineData(ChecksumGeneric, true, 1)]
    public void A_card_that_knows_TCP_by_itself_does_not_cut_behind_extension_headers(DeviceFeatures checksum, bool extended, int frames)
    {
        byte[] frame = extended ? Tcp(new IPv6Fields { Extensions = [(60, [0, 0, 1, 4, 0, 0, 0, 0])] }) : Tcp6;
        OffloadState owed = Super6 with { ChecksumStart = extended ? 62 : 54 };
        List<OffloadState> sent = Sent(frame, owed, new NetDevice("card", Parts | checksum | Tcp6Segmentation, 1500));
        Assert.Equal(frames, sent.Count);
        Assert.All(sent, state => Assert.Equal(frames == 1, state.Checksum == ChecksumState.Partial));
    }

    [Fact]
    public void Labels_leave_what_a_device_has_for_them()
    {
        byte[] frame = Frames.Ethernet(Tcp4.AsSpan(14));
        frame[12] = 0x88;
        frame[13] = 0x47;
        byte[] labelled = [.. frame.AsSpan(0, 14), 0, 1, 0x11, 64, .. frame.AsSpan(14)];
        DeviceFeatures all = Parts | ChecksumGeneric | TcpMask;
        OffloadState state = Super4 with { ChecksumStart = 38 };
        Assert.Equal(3, Sent(labelled, state, new NetDevice("plain", all, 1500)).Count);
        Assert.Single(Sent(labelled, state, new NetDevice("label", all, 1500) { MplsFeatures = all }));
        Assert.Contains(
            Listener.Lines(labelled, state, new NetDevice("plain", all, 1500)),
            line => line.StartsWith("Mpls: the packet has an MPLS label: without tx-checksum-ip-generic", StringComparison.Ordinal));
    }

    [Fact]
    public void A_device_has_what_every_device_gets_when_it_is_registered()
    {
        var device = new NetDevice("card", None, 1500)
        {
            EncapsulationFeatures = TcpSegmentation,
            VlanFeatures = TcpSegmentation,
            MplsFeatures = None,
            MangleIdFeatures = None,
        };
        Assert.Equal(TcpSegmentation | TcpMangleIdSegmentation | ScatterGather | PartialSegmentation, device.EncapsulationFeatures);
        Assert.Equal(TcpSegmentation | TcpMangleIdSegmentation | HighDma, device.VlanFeatures);
        Assert.Equal(ScatterGather, device.MplsFeatures);
        Assert.Equal(TcpMangleIdSegmentation, device.MangleIdFeatures);
    }

    [Fact]
    public void A_device_that_narrows_for_itself_is_asked_though_it_finishes_nothing()
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Packet packet = pool.Rent(Tcp4.AsSpan(0, 60), default);
        packet.AddFragment(new Page(Tcp4), 60, Tcp4.Length - 60);
        TransmitPath.Validate(packet, new Refusing(), ready);
        Assert.True(packet.IsLinear);
    }

    [Fact]
    public void A_verified_super_frame_is_cut_where_the_device_could_not_make_its_checksums()
    {
        var noChecksums = new NetDevice("udp", Parts | UdpSegmentation | ChecksumIPv4 | ChecksumIPv6, 1500);
        OffloadState state = Super4 with { Checksum = ChecksumState.Unnecessary };
        List<OffloadState> sent = Sent(Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields(), Payload)), state, noChecksums);
        Assert.Equal(3, sent.Count);
        Assert.Single(Sent(Tcp4, state, new NetDevice("card", Parts | ChecksumGeneric | TcpMask, 1500)));
    }

    private static byte[] Tcp(IPFields ip) => Frames.Ethernet(Frames.Tcp(ip, new TcpFields { Checksum = FieldChecksum.Partial }, Payload));

    /// <summary>What is owed to each of the frames that the device is given.</summary>
    private static List<OffloadState> Sent(byte[] frame, in OffloadState state, NetDevice device)
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Assert.Equal(DropReason.None, TransmitPath.Validate(pool.Rent(frame, state), device, ready));
        var sent = new List<OffloadState>();
        for (Packet? packet = ready.First; packet is not null; packet = packet.Next)
            sent.Add(packet.Offload);
        return sent;
    }

    /// <summary>A device whose driver takes one feature more than the others away.</summary>
    private sealed class Narrowing(DeviceFeatures features) : NetDevice("narrowing", features, 1500)
    {
        public override DeviceFeatures CheckFeatures(Packet packet, DeviceFeatures features) => features & ~SctpSegmentation;
    }

    private sealed class Refusing() : NetDevice("refusing", Parts, 1500)
    {
        public override DeviceFeatures CheckFeatures(Packet packet, DeviceFeatures features) => None;
    }
}
