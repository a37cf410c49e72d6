using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;
using static Wiretrue.Tests.Tunnels.TunnelFrames;

namespace Wiretrue.Tests.Tunnels;

/// <summary>What is refused, with which reason, at which header and which byte; and it stays as it was.</summary>
public sealed class DecapsulationFaultTests
{
    private static readonly byte[] Good = Received(V4, new PlainVxlan(66), Inner);

    [Theory]
    [InlineData(12, 0x12, DecapsulationFault.OtherProtocol, LayerKind.Ethernet, 0)]
    [InlineData(14, 0x55, DecapsulationFault.Malformed, LayerKind.IPv4, 14)]
    [InlineData(24, 0x00, DecapsulationFault.Malformed, LayerKind.IPv4, 24)]
    [InlineData(36, 0x00, DecapsulationFault.OtherProtocol, LayerKind.Udp, 36)]
    [InlineData(38, 0xFF, DecapsulationFault.LengthWrong, LayerKind.Udp, 38)]
    [InlineData(100, 0xAA, DecapsulationFault.ChecksumWrong, LayerKind.Udp, 40)]
    public void The_outer_headers_are_judged_as_a_receiver_judges_them(int at, byte value, DecapsulationFault fault, LayerKind layer, int offset)
    {
        byte[] frame = [.. Good];
        frame[at] = value;
        Assert.Equal(new Decapsulation(fault, layer, offset), Open(Vxlan, frame));
    }

    [Theory]
    [InlineData(0, 0x00)]
    [InlineData(0, 0x0C)]
    [InlineData(0, 0x88)]
    [InlineData(1, 0x01)]
    [InlineData(1, 0x20)]
    [InlineData(1, 0x08)]
    [InlineData(3, 0x01)]
    public void Unknown_flags_of_VXLAN_drop_the_packet_as_in_Linux(int at, byte value) => Assert.Equal(
        new Decapsulation(DecapsulationFault.UnknownFlags, LayerKind.Vxlan, Behind),
        Open(Vxlan, Mended(Good, frame => frame[Behind + at] = value)));

    [Fact]
    public void The_low_byte_of_VXLAN_is_reserved_without_remote_checksums() => Assert.Equal(
        new Decapsulation(DecapsulationFault.UnknownFlags, LayerKind.Vxlan, Behind + 7),
        Open(Vxlan, Mended(Good, frame => frame[Behind + 7] = 0x11)));

    [Fact]
    public void Another_network_is_named_by_its_field_and_taken_by_who_takes_any()
    {
        byte[] other = Received(V4, new PlainVxlan(67), Inner);
        Assert.Equal(new Decapsulation(DecapsulationFault.OtherNetwork, LayerKind.Vxlan, Behind + 4), Open(Vxlan, other));
        Decapsulation result = Open(Vxlan with { IsExternal = true }, other);
        Assert.True(result.IsDone);
        Assert.Equal(67, result.NetworkIdentifier);
    }

    [Fact]
    public void Another_end_s_packet_is_not_this_tunnel_s()
    {
        VxlanTunnel other = Vxlan with { Remote = System.Net.IPAddress.Parse("192.0.2.77") };
        Assert.Equal(new Decapsulation(DecapsulationFault.OtherAddress, LayerKind.IPv4, 14 + 12), Open(other, Good));
        Assert.True(Open(other with { IsExternal = true }, Good).IsDone);
    }

    [Fact]
    public void Group_policy_is_read_where_it_is_in_use_and_a_flag_that_is_not_known_elsewhere()
    {
        byte[] frame = Mended(Received(V4, new PlainVxlan(66, 0x1234), Inner), bytes => bytes[Behind + 1] |= 0x48);
        Assert.Equal(DecapsulationFault.UnknownFlags, Open(Vxlan, frame).Fault);
        Assert.Equal(
            new GroupPolicy(0x1234, DontLearn: true, IsApplied: true), Open(Vxlan with { GroupPolicy = default(GroupPolicy) }, frame).GroupPolicy);
    }

    [Fact]
    public void A_checksum_of_zero_over_IPv6_is_refused_unless_it_was_agreed_on()
    {
        VxlanTunnel tunnel = Vxlan with { Local = V6.Destination, Remote = V6.Source };
        byte[] frame = Received(V6, new PlainVxlan(66), Inner, FieldChecksum.Zero);
        Assert.Equal(new Decapsulation(DecapsulationFault.ChecksumMissing, LayerKind.Udp, 14 + 40 + 6), Open(tunnel, frame));
        Assert.True(Open(tunnel with { ZeroChecksum6Receive = true }, frame).IsDone);
    }

    [Fact]
    public void A_fragment_is_refused()
    {
        byte[] frame = Frames.Ethernet(new IPv4Fields { MoreFragments = true }.Wrap(17, Good.AsSpan(34)));
        Assert.Equal(new Decapsulation(DecapsulationFault.Fragment, LayerKind.IPv4, 20), Open(Vxlan, frame));
    }

    [Theory]
    [InlineData(0, 0x40, DecapsulationFault.UnknownFlags, 0)]
    [InlineData(0, 0x3F, DecapsulationFault.LengthWrong, 0)]
    [InlineData(1, 0x80, DecapsulationFault.ControlMessage, 1)]
    [InlineData(2, 0x12, DecapsulationFault.UnknownContent, 2)]
    [InlineData(6, 0x12, DecapsulationFault.OtherNetwork, 4)]
    [InlineData(11, 0x1F, DecapsulationFault.LengthWrong, 8)]
    [InlineData(10, 0x83, DecapsulationFault.CriticalOption, 8)]
    [InlineData(1, 0x40, DecapsulationFault.CriticalOption, 1)]
    public void Geneve_is_refused_with_the_field_at_fault(int at, byte value, DecapsulationFault fault, int offset)
    {
        var tunnel = new GeneveTunnel { Local = V4.Destination, Remote = V4.Source, NetworkIdentifier = 9 };
        byte[] good = Received(V4, new PlainGeneve(9, [1, 2, 3, 1, 5, 6, 7, 8]), Inner);
        // With all words for options, 63 of them still lie within the packet: what is in them does not.
        byte[] frame = Mended(good, bytes => bytes[Behind + at] = value);
        if (value == 0x3F)
            frame = Mended(Received(V4, new PlainGeneve(9, [1, 2, 3, 1, 5, 6, 7, 8]), Inner with { Payload = [] }), bytes => bytes[Behind] = value);
        Assert.Equal(new Decapsulation(fault, LayerKind.Geneve, Behind + offset), Open(tunnel, frame));
    }

    [Fact]
    public void A_critical_option_is_taken_by_who_knows_it_and_by_who_hands_it_on()
    {
        var tunnel = new GeneveTunnel { Local = V4.Destination, Remote = V4.Source, NetworkIdentifier = 9 };
        byte[] frame = Mended(Received(V4, new PlainGeneve(9, [1, 2, 0x83, 1, 5, 6, 7, 8]), Inner), bytes => bytes[Behind + 1] |= 0x40);
        Assert.Equal(DecapsulationFault.CriticalOption, Open(tunnel, frame).Fault);
        Assert.True(Open(tunnel with { KnownOptions = [new GeneveOptionKind(0x0102, 0x83)] }, frame).IsDone);
        Assert.Equal(DecapsulationFault.CriticalOption, Open(tunnel with { KnownOptions = [new GeneveOptionKind(0x0103, 0x83)] }, frame).Fault);
        Decapsulation handedOn = Open(tunnel with { IsExternal = true }, frame);
        Assert.True(handedOn.IsDone);
        Assert.True(handedOn.HasCriticalOptions);
    }

    [Fact]
    public void A_critical_option_that_is_sent_is_announced_in_the_header()
    {
        var tunnel = new GeneveTunnel { Local = V4.Source, Remote = V4.Destination, NetworkIdentifier = 9, Options = [1, 2, 0x83, 0] };
        using var pool = new PacketPool();
        Packet packet = pool.Rent(Inner.Build(), default);
        Assert.Equal(Wiretrue.Devices.DropReason.None, tunnel.CreateEncapsulator().Encapsulate(packet));
        Assert.Equal(0x40, packet.Linear[20 + 8 + 1]);
        packet.Dispose();
        Assert.Throws<ArgumentException>(() => (tunnel with { Options = [1, 2, 3] }).CreateEncapsulator());
        Assert.Throws<ArgumentException>(() => (tunnel with { Options = [1, 2, 3, 1] }).CreateEncapsulator());
    }

    [Theory]
    [InlineData(0, 0xC0, DecapsulationFault.UnknownFlags, 0)]
    [InlineData(0, 0x20, DecapsulationFault.ControlMessage, 0)]
    [InlineData(0, 0x1F, DecapsulationFault.LengthWrong, 0)]
    [InlineData(1, 17, DecapsulationFault.UnknownContent, 1)]
    [InlineData(2, 0x80, DecapsulationFault.UnknownFlags, 2)]
    [InlineData(3, 0x01, DecapsulationFault.LengthWrong, 0)]
    public void GUE_with_unknown_flags_or_a_control_message_is_dropped_as_in_Linux(int at, byte value, DecapsulationFault fault, int offset)
    {
        byte[] frame = Mended(Received(V4, new PlainGue(), BareInner with { Payload = [] }), bytes => bytes[Behind + at] = value);
        Assert.Equal(new Decapsulation(fault, LayerKind.Gue, Behind + offset), Open(Gue, frame));
    }

    [Fact]
    public void Private_flags_of_GUE_that_are_not_known_drop_the_packet()
    {
        byte[] frame = Mended(Received(V4, new PlainGue(HasRemoteChecksum: true), BareInner), bytes => bytes[Behind + 7] |= 1);
        Assert.Equal(new Decapsulation(DecapsulationFault.UnknownFlags, LayerKind.Gue, Behind + 4), Open(Gue, frame));
    }

    [Fact]
    public void Private_flags_of_GUE_that_are_all_clear_ask_for_nothing()
    {
        byte[] inner = BareInner.Segments(9999).Single();
        byte[] frame = Frames.Ethernet(Frames.Udp(V4, new UdpFields { DestinationPort = 6080 }, [0x01, 4, 0, 1, 0, 0, 0, 0, .. inner]));
        Assert.True(Open(Gue, frame).IsDone);
    }

    [Fact]
    public void VXLAN_GPE_is_dropped_for_its_version_control_and_content()
    {
        var tunnel = new VxlanGpeTunnel { Local = V4.Destination, Remote = V4.Source, NetworkIdentifier = 7 };
        byte[] good = Received(V4, new PlainVxlanGpe(7), Inner);
        (int At, byte Value, DecapsulationFault Fault)[] cases =
        [
            (0, 0x1C, DecapsulationFault.UnknownFlags), (0, 0x08, DecapsulationFault.UnknownFlags), (0, 0x0D, DecapsulationFault.ControlMessage),
            (3, 4, DecapsulationFault.UnknownContent), (3, 0, DecapsulationFault.UnknownContent), (4, 1, DecapsulationFault.OtherNetwork),
        ];
        foreach ((int at, byte value, DecapsulationFault fault) in cases)
            Assert.Equal(fault, Open(tunnel, Mended(good, frame => frame[Behind + at] = value)).Fault);
    }

    /// <summary>No byte that is missing, and none that is wrong, makes more of a decapsulator than an answer.</summary>
    [Fact]
    public void Hostile_packets_are_answered_with_values()
    {
        Tunnel[] tunnels =
        [
            Vxlan with { RemoteChecksum = Remote, GroupPolicy = default(GroupPolicy) },
            Gue with { RemoteChecksum = Remote with { IsEager = true } },
            new GeneveTunnel { Local = V4.Destination, Remote = V4.Source, NetworkIdentifier = 9 },
            new VxlanGpeTunnel { Local = V4.Destination, Remote = V4.Source, NetworkIdentifier = 7 },
            new FouTunnel(5504, IPProtocol.IPv4) { Local = V4.Destination, Remote = V4.Source },
        ];
        byte[][] frames =
        [
            Received(V4, new PlainVxlan(66, HasRemoteChecksum: true), Inner, FieldChecksum.Zero),
            Received(V4, new PlainGue(HasRemoteChecksum: true), BareInner, FieldChecksum.Zero),
            Received(V4, new PlainGeneve(9, [1, 2, 3, 1, 5, 6, 7, 8]), Inner, FieldChecksum.Zero),
            Received(V4, new PlainVxlanGpe(7), Inner, FieldChecksum.Zero),
            Frames.Ethernet(Frames.Udp(V4, new UdpFields { DestinationPort = 5504, Checksum = FieldChecksum.Zero }, BareInner.Build())),
        ];
        var random = new Random(4);
        int done = 0;
        for (int i = 0; i < tunnels.Length; i++)
        {
            for (int length = 0; length < Math.Min(200, frames[i].Length); length++)
                Assert.False(Open(tunnels[i], frames[i][..length]).IsDone);
            for (int round = 0; round < 2000; round++)
            {
                byte[] frame = [.. frames[i]];
                for (int change = random.Next(1, 4); change > 0; change--)
                    frame[random.Next(Behind, Behind + 70)] = (byte)random.Next(256);
                done += Open(tunnels[i], frame).IsDone ? 1 : 0;
            }
        }
        Assert.InRange(done, 1, 9999);
    }
}
