using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using static Wiretrue.Tests.Receive.Coalescing.Tunnels.TunnelFrames;

namespace Wiretrue.Tests.Receive.Coalescing.Tunnels;

public sealed class VxlanCoalescingTests
{
    private static readonly PlainVxlan Network = new(66);

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Frames_in_a_tunnel_become_one_frame_in_a_tunnel(bool isIPv4, bool hasChecksum)
    {
        PlainHeader[] headers = [isIPv4 ? V4 : V6, hasChecksum ? Checked : Unchecked, Network, Frame, V4];
        List<byte[]> frames = Four(headers);
        (byte[] bytes, OffloadState state, int count) = Assert.Single(MergedFrames.Of(frames));
        Assert.Equal(4, count);
        Assert.Equal(GsoType.TcpV4 | (hasChecksum ? GsoType.UdpTunnelChecksum : GsoType.UdpTunnel), state.GsoType);
        Assert.True(state.IsEncapsulated);
        var expected = new PlainFrame([Frame, .. headers, Tcp], Frames.Payload(400));
        Assert.Equal(Convert.ToHexString(expected.Build()), Convert.ToHexString(bytes));
        MergedFrames.AssertRoundTrip(frames);
    }

    [Fact]
    public void Tagged_frames_inside_are_merged()
    {
        MergedFrames.AssertRoundTrip(Four(V4, Checked, Network, Frame, new PlainVlan(0x8100, 5), V6));
    }

    [Fact]
    public void Frames_with_and_without_an_outer_checksum_are_not_alike()
    {
        Assert.Equal([2, 2], MergedFrames.Counts(Four([V4, Checked, Network, Frame, V4], [V4, Unchecked, Network, Frame, V4])));
    }

    [Fact]
    public void Nor_are_those_of_two_networks_or_groups()
    {
        PlainHeader[] Of(PlainVxlan vxlan) => [V4, Checked, vxlan, Frame, V4];
        Assert.Equal([2, 2], MergedFrames.Counts(Four(Of(Network), Of(new PlainVxlan(67)))));
        Assert.Equal([2, 2], MergedFrames.Counts(Four(Of(new PlainVxlan(66, Group: 1)), Of(new PlainVxlan(66, Group: 2)))));
        Assert.Equal([4], MergedFrames.Counts(Four(Of(new PlainVxlan(66, Group: 1)))));
    }

    [Fact]
    public void Nor_are_those_of_two_source_ports()
    {
        PlainUdp other = new(Checked.Fields with { SourcePort = 40001 });
        Assert.Equal([2, 2], MergedFrames.Counts(Four([V4, Checked, Network, Frame, V4], [V4, other, Network, Frame, V4])));
    }

    [Fact]
    public void What_differs_in_the_outer_IP_header_ends_the_inner_flow()
    {
        PlainIP nearer = new(new IPv4Fields { HopLimit = 63 });
        Assert.Equal([2, 2], MergedFrames.Counts(Four([V4, Checked, Network, Frame, V4], [nearer, Checked, Network, Frame, V4])));
    }

    [Fact]
    public void A_wrong_outer_checksum_stays_wrong_and_alone()
    {
        List<byte[]> frames = Four(V4, Checked, Network, Frame, V4);
        frames[1][14 + 20 + 7] ^= 0x11;
        // What is not looked into overtakes what is held.
        Assert.Equal([1, 1, 2], MergedFrames.Counts(frames).Order());
        MergedFrames.AssertRoundTrip([frames[1], frames[0], frames[2], frames[3]]);
    }

    [Fact]
    public void A_wrong_inner_checksum_stays_wrong_and_alone()
    {
        List<byte[]> frames = Four(V4, Unchecked, Network, Frame, V4);
        frames[1][^1] ^= 0x11;
        Assert.Equal([1, 1, 2], MergedFrames.Counts(frames).Order());
        MergedFrames.AssertRoundTrip([frames[1], frames[0], frames[2], frames[3]]);
    }

    [Fact]
    public void Each_header_may_have_a_fixed_identification()
    {
        PlainIP still = V4 with { HasFixedId = true };
        foreach (PlainIP outer in (PlainIP[])[V4, still])
        {
            foreach (PlainIP inner in (PlainIP[])[V4, still])
            {
                List<byte[]> frames = Four(outer, Checked, Network, Frame, inner);
                GsoType type = Assert.Single(MergedFrames.Of(frames)).State.GsoType;
                Assert.Equal(outer.HasFixedId, (type & GsoType.TcpFixedId) != 0);
                Assert.Equal(inner.HasFixedId, (type & GsoType.TcpFixedIdInner) != 0);
                MergedFrames.AssertRoundTrip(frames);
            }
        }
    }

    [Fact]
    public void A_checksum_that_is_left_to_the_receiver_stays_left()
    {
        PlainVxlan remote = Network with { HasRemoteChecksum = true };
        List<byte[]> frames = Four(V4, Checked, remote, Frame, V4);
        OffloadState state = Assert.Single(MergedFrames.Of(frames)).State;
        Assert.Equal(GsoType.TcpV4 | GsoType.UdpTunnelChecksum | GsoType.TunnelRemoteChecksum, state.GsoType);
        MergedFrames.AssertRoundTrip(frames);
    }

    [Fact]
    public void It_is_wrong_where_that_was_not_agreed_on()
    {
        PlainVxlan remote = Network with { HasRemoteChecksum = true };
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(Four(V4, Checked, remote, Frame, V4), new CoalescerOptions()));
    }

    [Fact]
    public void And_where_no_outer_checksum_protects_the_frame()
    {
        PlainVxlan remote = Network with { HasRemoteChecksum = true };
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(Four(V4, Unchecked, remote, Frame, V4)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_header_that_names_what_follows_is_one_as_well(bool isFrame)
    {
        PlainHeader[] inside = isFrame ? [Frame, V6] : [V6];
        MergedFrames.AssertRoundTrip(Four([V4, Checked, new PlainVxlanGpe(66), .. inside]));
    }

    [Fact]
    public void Two_tunnels_in_one_another_are_left_alone()
    {
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(Four(V4, Checked, Network, Frame, V4, Checked, Network, Frame, V4)));
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(Four(V4, V4, Checked, Network, Frame, V4)));
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(Four(V4, new PlainGre(), V4, Checked, Network, Frame, V4)));
    }
}
