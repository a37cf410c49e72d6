using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;
using static Wiretrue.Tests.Tunnels.TunnelFrames;

namespace Wiretrue.Tests.Tunnels;

/// <summary>What was verified outside, and what is known of the inner packet then.</summary>
public sealed class TunnelReceiveStateTests
{
    private static readonly byte[] Frame0 = Received(V4, new PlainVxlan(66), Inner);
    private static readonly byte[] Inside = Inner.Segments(9999).Single();

    [Fact]
    public void A_checksum_that_was_summed_here_leaves_the_sum_of_what_is_inside()
    {
        OffloadState state = Taken(Vxlan, Frame0, default);
        Assert.Equal(ChecksumState.Complete, state.Checksum);
        Assert.Equal(PlainSum.Sum(Inside.AsSpan(state.ChecksumStart)), state.CompleteSum);
    }

    [Fact]
    public void A_device_s_sum_is_carried_on_without_a_look_at_the_payload()
    {
        var known = new OffloadState { Checksum = ChecksumState.Complete, ChecksumStart = 14, CompleteSum = PlainSum.Sum(Frame0.AsSpan(14)) };
        OffloadState state = Taken(Vxlan, Frame0, known);
        Assert.Equal(ChecksumState.Complete, state.Checksum);
        Assert.Equal(PlainSum.Sum(Inside.AsSpan(state.ChecksumStart)), state.CompleteSum);
    }

    /// <summary>csum_level counts consecutive verified checksums minus one.</summary>
    [Fact]
    public void Each_checksum_outside_uses_up_one_level()
    {
        for (byte level = 1; level <= 3; level++)
        {
            OffloadState state = Taken(Vxlan, Frame0, new OffloadState { Checksum = ChecksumState.Unnecessary, ChecksumLevel = level });
            Assert.Equal(new OffloadState { Checksum = ChecksumState.Unnecessary, ChecksumLevel = (byte)(level - 1) }, state);
        }
    }

    [Fact]
    public void A_verified_checksum_that_is_not_zero_becomes_the_sum_of_the_rest()
    {
        OffloadState state = Taken(Vxlan, Frame0, new OffloadState { Checksum = ChecksumState.Unnecessary });
        Assert.Equal(ChecksumState.Complete, state.Checksum);
        Assert.Equal(PlainSum.Sum(Inside.AsSpan(state.ChecksumStart)), state.CompleteSum);
    }

    [Fact]
    public void Without_an_outer_checksum_nothing_is_known_of_the_inner_one()
    {
        byte[] frame = Received(V4, new PlainVxlan(66), Inner, FieldChecksum.Zero);
        Assert.Equal(default, Taken(Vxlan, frame, default));
        Assert.Equal(default, Taken(Vxlan, frame, new OffloadState { Checksum = ChecksumState.Unnecessary }));
    }

    [Fact]
    public void A_checksum_owed_to_the_outer_header_is_trusted_and_owed_no_more()
    {
        PlainFrame whole = Around(V4, new PlainVxlan(66), Inner);
        byte[] frame = whole.Build();
        Inside.CopyTo(frame, Behind + 8);
        Assert.Equal(default, Taken(Vxlan, frame, new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 6 }));
    }

    [Fact]
    public void Padding_of_a_short_frame_is_trimmed_before_the_sum_is_carried_on()
    {
        PlainFrame small = BareInner with { Payload = [] };
        byte[] frame = [.. Received(V4, new PlainGue(), small), 1, 2, 3, 4, 5];
        OffloadState known = new() { Checksum = ChecksumState.Complete, ChecksumStart = 14, CompleteSum = PlainSum.Sum(frame.AsSpan(14)) };
        byte[] inside = small.Segments(99).Single();
        foreach (OffloadState before in (OffloadState[])[default, known])
        {
            OffloadState state = Taken(Gue, frame, before, inside);
            Assert.Equal(ChecksumState.Complete, state.Checksum);
            Assert.Equal(PlainSum.Sum(inside.AsSpan(state.ChecksumStart)), state.CompleteSum);
        }
    }

    [Fact]
    public void A_sum_that_is_known_follows_a_congestion_mark_that_is_handed_on()
    {
        foreach (IPFields ip in (IPFields[])[new IPv4Fields { TrafficClass = 2 }, new IPv6Fields { TrafficClass = 2 }])
        {
            PlainFrame inner = BareInner with { Headers = [new PlainIP(ip), BareInner.Headers[1]] };
            byte[] frame = Received(V4 with { TrafficClass = 3 }, new PlainGue(), inner);
            PlainFrame marked = inner with { Headers = [new PlainIP(ip with { TrafficClass = 3 }), inner.Headers[1]] };
            byte[] inside = marked.Segments(9999).Single();
            OffloadState state = Taken(Gue, frame, default, inside);
            Assert.Equal(PlainSum.Sum(inside.AsSpan(state.ChecksumStart)) % 0xFFFF, state.CompleteSum % 0xFFFF);
        }
    }

    [Fact]
    public void Congestion_that_the_inner_transport_would_not_understand_drops_the_packet()
    {
        byte[] frame = Received(V4 with { TrafficClass = 3 }, new PlainVxlan(66), Inner);
        Assert.Equal(DecapsulationFault.CongestionLost, Open(Vxlan, frame).Fault);
    }

    [Fact]
    public void Tags_before_the_outer_packet_are_gone_through_and_taken_off()
    {
        byte[] frame = [.. Frame0.AsSpan(0, 12), 0x81, 0, 0, 5, .. Frame0.AsSpan(12)];
        Assert.Equal(ChecksumState.Complete, Taken(Vxlan, frame, default).Checksum);
        Assert.Equal(ChecksumState.Complete, Taken(Vxlan, Frame0, new OffloadState { VlanProtocol = 0x8100, VlanTci = 5 }).Checksum);
    }

    [Fact]
    public void A_snapped_packet_comes_out_without_a_verdict()
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Frame0.AsSpan(0, 300), default);
        packet.MissingTail = Frame0.Length - 300;
        Assert.True(Vxlan.CreateDecapsulator().Decapsulate(packet).IsDone);
        Assert.Equal(Convert.ToHexString(Inside.AsSpan(0, 300 - Behind - 8)), TunnelJudge.Hex(packet));
        Assert.Equal(Inside.Length, packet.OriginalLength);
        Assert.Equal(default, packet.Offload);
    }

    /// <summary>The fields of a super-frame of 64 KiB overflow outside; the packet's own length counts.</summary>
    [Fact]
    public void An_outer_length_that_overflows_does_not_count()
    {
        PlainFrame inner = Inner with { Payload = Frames.Payload(65_480) };
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(inner.Build(), inner.Offload(1000));
        Encapsulator encapsulator = TunnelJudge.Turned(Vxlan).CreateEncapsulator();
        Assert.Equal(Wiretrue.Devices.DropReason.None, encapsulator.Encapsulate(packet));
        Assert.Equal(0, packet.Linear[16] | packet.Linear[17]);
        Assert.Equal(66, encapsulator.NextIdentification);
        Assert.True(Vxlan.CreateDecapsulator().Decapsulate(packet).IsDone);
        Assert.Equal(Convert.ToHexString(inner.Build()), TunnelJudge.Hex(packet));
        Assert.Equal(inner.Offload(1000), packet.Offload);
    }

    [Fact]
    public void Header_room_counts_options_and_is_all_that_a_packet_needs()
    {
        var geneve = new GeneveTunnel { Local = V4.Source, Remote = V4.Destination, Link = TunnelJudge.Link, Options = [1, 2, 3, 1, 4, 5, 6, 7] };
        Encapsulator encapsulator = geneve.CreateEncapsulator();
        Assert.Equal(14 + 20 + 8 + 8 + 8, encapsulator.HeaderRoom);
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(encapsulator.HeaderRoom, Inside.Length);
        Inside.CopyTo(packet.Put(Inside.Length));
        Assert.Equal(Wiretrue.Devices.DropReason.None, encapsulator.Encapsulate(packet));
        Assert.Equal(0, packet.Headroom);
        Assert.True(packet.IsLinear);
    }

    private static OffloadState Taken(Tunnel tunnel, byte[] frame, in OffloadState known, byte[]? inside = null)
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(frame, known);
        Assert.Equal(default, tunnel.CreateDecapsulator().Decapsulate(packet).Fault);
        Assert.Equal(Convert.ToHexString(inside ?? Inside), TunnelJudge.Hex(packet));
        return packet.Offload;
    }
}
