using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using static Wiretrue.Tests.Receive.Coalescing.Tunnels.TunnelFrames;

namespace Wiretrue.Tests.Receive.Coalescing.Tunnels;

public sealed class IPTunnelCoalescingTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void IP_in_IP_is_merged_whatever_the_versions(bool isOuterIPv4, bool isInnerIPv4)
    {
        List<byte[]> frames = Four(isOuterIPv4 ? V4 : V6, isInnerIPv4 ? V4 : V6);
        GsoType expected = (isOuterIPv4 ? GsoType.IPXIP4 : GsoType.IPXIP6) | (isInnerIPv4 ? GsoType.TcpV4 : GsoType.TcpV6);
        Assert.Equal(expected, Assert.Single(MergedFrames.Of(frames)).State.GsoType);
        MergedFrames.AssertRoundTrip(frames);
    }

    [Fact]
    public void Two_levels_are_left_alone()
    {
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(Four(V4, V4, V4)));
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(Four(V6, V4, V6)));
    }

    [Fact]
    public void What_differs_inside_or_outside_ends_the_flow()
    {
        PlainIP marked = new(new IPv6Fields { TrafficClass = 3 });
        Assert.Equal([2, 2], MergedFrames.Counts(Four([V6, V6], [marked, V6])));
        Assert.Equal([2, 2], MergedFrames.Counts(Four([V6, V6], [V6, marked])));
    }

    [Fact]
    public void Options_of_the_outer_header_are_left_alone()
    {
        PlainIP routed = new(new IPv4Fields { Options = [1, 1, 1, 1] });
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(Four(routed, V6)));
    }

    [Fact]
    public void Extension_headers_that_are_alike_are_no_hindrance()
    {
        PlainIP hops = new(new IPv6Fields { Extensions = [(0, [0, 0, 1, 4, 0, 0, 0, 0])] });
        MergedFrames.AssertRoundTrip(Four(hops, V4));
        MergedFrames.AssertRoundTrip(Four(V6, hops));
    }

    [Fact]
    public void Identifications_must_go_on_outside_as_well()
    {
        PlainIP jumped = new(new IPv4Fields { Id = 500 });
        Assert.Equal([2, 2], MergedFrames.Counts(Four([V4, V6], [jumped, V6])));
    }
}
