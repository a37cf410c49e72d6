using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

public sealed class ErspanTunnelTests
{
    private static readonly PlainEthernet Frame = new();
    private static readonly PlainFrame Mirrored = new([Frame, new PlainIP(new IPv4Fields()), new PlainTcp(new TcpFields())], Frames.Payload(700));

    /// <summary>A moment that is 0x6502B8A0 units of 100 microseconds after some turn of the 32 bits.</summary>
    private static readonly DateTimeOffset Moment = DateTimeOffset.UnixEpoch.AddMilliseconds((0x3_6502_B8A0 / 10.0));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Type_I_is_GRE_and_the_frame(bool overV6)
    {
        ErspanTunnel tunnel = Tunnel(overV6) with { Type = ErspanType.TypeI };
        PlainHeader[] outer = [Frame, Outer(overV6), new PlainGre(), new PlainMirrored()];
        TunnelJudge.AssertSends(tunnel, outer, Mirrored, 400);
        TunnelJudge.AssertReceives(NetworkTunnelTests.Turned(tunnel), outer, Mirrored, 400);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Type_II_says_session_port_and_number(bool overV6)
    {
        ErspanTunnel tunnel = Tunnel(overV6) with { Index = 0xABCDE };
        for (int i = 0; i < 3; i++)
        {
            PlainHeader[] outer = [Frame, Outer(overV6), new PlainGre(Sequence: (uint)i), new PlainErspan(77, Word: 0xABCDE)];
            AssertSent(tunnel, outer, Mirrored, after: i);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Type_III_says_when_and_which_way(bool overV6)
    {
        ErspanTunnel tunnel = Tunnel(overV6) with
        {
            Type = ErspanType.TypeIII,
            IsEgress = true,
            HardwareId = 0x2A,
            SecurityGroupTag = 0xCAFE,
            Clock = new StoppedClock(Moment),
        };
        // SGT, then P, frame type 0, hardware, direction, 100 microseconds, no platform.
        uint last = 0xCAFE_0000 | 0x8000 | (0x2A << 4) | 8;
        PlainHeader[] outer = [Frame, Outer(overV6), new PlainGre(Sequence: 0), new PlainErspan(77, Word: 0x6502B8A0, Last: last)];
        AssertSent(tunnel, outer, Mirrored, after: 0);
    }

    /// <summary>As Linux has it: the tag stays, its VLAN is told, and the class is that of the IP packet.</summary>
    [Theory]
    [InlineData(ErspanType.TypeII, 0x1800)]
    [InlineData(ErspanType.TypeIII, 0)]
    public void A_tag_and_a_class_are_those_of_the_frame(ErspanType type, int tagging)
    {
        PlainFrame tagged = new([Frame, new PlainVlan(0x8100, 0xE123), new PlainIP(new IPv4Fields { TrafficClass = 0xB8 }), Mirrored.Transport], Mirrored.Payload);
        ErspanTunnel tunnel = Tunnel(false) with { Type = type, Clock = new StoppedClock(Moment) };
        ushort flags = (ushort)((5 << 13) | tagging);
        PlainErspan erspan = type == ErspanType.TypeII
            ? new PlainErspan(77, 0x123, flags)
            : new PlainErspan(77, 0x123, flags, 0x6502B8A0, Last: 0x8000);
        AssertSent(tunnel, [Frame, Outer(false), new PlainGre(Sequence: 0), erspan], tagged, after: 0);
    }

    [Fact]
    public void What_is_set_goes_before_what_the_frame_says()
    {
        ErspanTunnel tunnel = Tunnel(false) with { VlanId = 4000, ClassOfService = 3 };
        AssertSent(tunnel, [Frame, Outer(false), new PlainGre(Sequence: 0), new PlainErspan(77, 4000, 3 << 13)], Mirrored, after: 0);
    }

    [Theory]
    [InlineData(40, ErspanFrameState.Short)]
    [InlineData(60, ErspanFrameState.Good)]
    [InlineData(1514, ErspanFrameState.Good)]
    [InlineData(1515, ErspanFrameState.Oversized)]
    public void Type_III_says_whether_a_frame_has_the_length_of_one(int length, ErspanFrameState state)
    {
        ErspanHeaderFields header = SentHeader(Tunnel(false) with { Type = ErspanType.TypeIII }, Frames.Ethernet(0x88B5, new byte[length - 14]), 0);
        Assert.Equal(state, header.FrameState);
        Assert.False(header.IsTruncated);
    }

    [Fact]
    public void A_frame_that_was_not_captured_whole_is_said_to_be_truncated() =>
        Assert.True(SentHeader(Tunnel(false), Mirrored.Build(), missing: 9).IsTruncated);

    [Fact]
    public void A_super_frame_is_to_be_cut_first()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Mirrored.Build(), Mirrored.Offload(100));
        Assert.Equal(DropReason.GsoGreSequence, Tunnel(false).CreateEncapsulator().Encapsulate(packet));
        Assert.Equal(Convert.ToHexString(Mirrored.Build()), TunnelJudge.Hex(packet));
    }

    [Fact]
    public void An_IP_packet_is_no_mirrored_frame()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Frames.Tcp(new IPv4Fields(), new TcpFields(), []), default);
        packet.LinkType = LinkType.Raw;
        Assert.Equal(DropReason.TunnelInnerUnsupported, Tunnel(false).CreateEncapsulator().Encapsulate(packet));
    }

    /// <summary>Type III may mirror IP without Ethernet (FT 2), and may have eight bytes more (O).</summary>
    [Theory]
    [InlineData(0x8001u, DecapsulationFault.None, LinkType.Ethernet)]
    [InlineData(0x8801u, DecapsulationFault.None, LinkType.Raw)]
    [InlineData(0x8800u, DecapsulationFault.None, LinkType.Raw)]
    [InlineData(0x8400u, DecapsulationFault.UnknownContent, default(LinkType))]
    public void Type_III_says_what_was_mirrored(uint last, DecapsulationFault fault, LinkType linkType)
    {
        byte[] content = linkType == LinkType.Raw ? Frames.Tcp(new IPv6Fields(), new TcpFields(), [1, 2]) : Mirrored.Segments(700).Single();
        byte[] platform = (last & 1) != 0 ? [9, 8, 7, 6, 5, 4, 3, 2] : [];
        var erspan = new PlainErspan(77, Last: last);
        byte[] gre = new PlainGre(Sequence: 5).Wrap(
            erspan.Wrap([.. platform, .. content], new HeaderPlace { Transport = Frame }), new HeaderPlace { Transport = Frame, Inside = erspan });
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Frames.Ethernet(new IPv4Fields().Wrap(47, gre)), default);
        Decapsulation result = NetworkTunnelTests.Turned(Tunnel(false)).CreateDecapsulator().Decapsulate(packet);
        Assert.Equal(fault, result.Fault);
        if (fault != DecapsulationFault.None)
            return;
        Assert.Equal(77, result.NetworkIdentifier);
        Assert.Equal(linkType, packet.LinkType);
        Assert.Equal(Convert.ToHexString(content), TunnelJudge.Hex(packet));
    }

    [Theory]
    [InlineData(77, 0x10, DecapsulationFault.None)]
    [InlineData(78, 0x10, DecapsulationFault.OtherNetwork)]
    [InlineData(77, 0x20, DecapsulationFault.UnknownFlags)]
    [InlineData(77, 0x00, DecapsulationFault.UnknownFlags)]
    public void Another_session_or_version_is_not_received(int session, byte version, DecapsulationFault fault)
    {
        byte[] frame = new PlainFrame(
            [Frame, Outer(false), new PlainGre(Sequence: 1), new PlainErspan((ushort)session), .. Mirrored.Headers], Mirrored.Payload).Segments(700).Single();
        frame[14 + 20 + 8] = version;
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(frame, default);
        Assert.Equal(fault, NetworkTunnelTests.Turned(Tunnel(false)).CreateDecapsulator().Decapsulate(packet).Fault);
    }

    private static void AssertSent(ErspanTunnel tunnel, PlainHeader[] outer, PlainFrame inner, int after)
    {
        byte[] frame = inner.Segments(int.MaxValue / 2).Single();
        byte[] expected = new PlainFrame([.. outer, .. inner.Headers], inner.Payload).Segments(int.MaxValue / 2).Single();
        using var pool = new PacketPool();
        Encapsulator encapsulator = tunnel.CreateEncapsulator();
        for (int i = 0; i < after; i++)
        {
            using Packet before = pool.Rent(frame, default);
            Assert.Equal(DropReason.None, encapsulator.Encapsulate(before));
        }
        encapsulator.NextIdentification = 1;
        using Packet packet = pool.Rent(frame, default);
        Assert.Equal(DropReason.None, encapsulator.Encapsulate(packet));
        Assert.Equal(Convert.ToHexString(expected), TunnelJudge.Hex(packet));

        Decapsulation back = NetworkTunnelTests.Turned(tunnel).CreateDecapsulator().Decapsulate(packet);
        Assert.Equal((DecapsulationFault.None, 77), (back.Fault, back.NetworkIdentifier));
        Assert.Equal(Convert.ToHexString(frame), TunnelJudge.Hex(packet));
    }

    private static ErspanHeaderFields SentHeader(ErspanTunnel tunnel, byte[] frame, int missing)
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(frame, default);
        packet.MissingTail = missing;
        Assert.Equal(DropReason.None, tunnel.CreateEncapsulator().Encapsulate(packet));
        Assert.True(ErspanHeaderFields.TryParse(packet.Linear[(14 + 20 + 8)..], out ErspanHeaderFields fields));
        return fields;
    }

    private static PlainIP Outer(bool overV6) => new(overV6 ? new IPv6Fields() : new IPv4Fields { DontFragment = false });

    private static ErspanTunnel Tunnel(bool overV6)
    {
        IPFields ip = overV6 ? new IPv6Fields() : new IPv4Fields();
        return new ErspanTunnel { Local = ip.Source, Remote = ip.Destination, Link = TunnelJudge.Link, SessionId = 77, EncapsulationLimit = null };
    }

    /// <summary>ERSPAN's type I has no header: only GRE's protocol names it.</summary>
    private sealed record PlainMirrored : PlainHeader
    {
        public override int Length => 0;

        public override ushort EtherType => 0x88BE;

        public override byte[] Wrap(byte[] content, HeaderPlace place) => content;
    }

    private sealed class StoppedClock(DateTimeOffset moment) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => moment;
    }
}
