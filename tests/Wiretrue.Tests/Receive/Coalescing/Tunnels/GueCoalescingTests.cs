using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis.Stacks;
using static Wiretrue.Tests.Receive.Coalescing.Tunnels.TunnelFrames;

namespace Wiretrue.Tests.Receive.Coalescing.Tunnels;

public sealed class GueCoalescingTests
{
    private static readonly PlainUdp Gue = Checked with { FixedPort = 6080 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Both_variants_are_merged_and_announced_as_IP_in_IP_as_well(bool hasHeader)
    {
        PlainHeader[] gue = hasHeader ? [Checked, new PlainGue()] : [Gue];
        foreach (PlainIP outer in (PlainIP[])[V4, V6])
        {
            List<byte[]> frames = Four([outer, .. gue, V4]);
            GsoType type = Assert.Single(MergedFrames.Of(frames)).State.GsoType;
            Assert.Equal(GsoType.TcpV4 | GsoType.UdpTunnelChecksum | (outer == V4 ? GsoType.IPXIP4 : GsoType.IPXIP6), type);
            MergedFrames.AssertRoundTrip(frames);
        }
    }

    [Fact]
    public void A_tunnel_in_it_is_the_one_that_may_be_there()
    {
        MergedFrames.AssertRoundTrip(Four(V4, Checked, new PlainGue(), new PlainGre(Key: 3), Frame, V4));
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(Four(V4, Checked, new PlainGue(), V4, V4)));
    }

    [Fact]
    public void But_not_one_whose_checksum_would_have_to_be_made_anew()
    {
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(Four(V4, Checked, new PlainGue(), new PlainGre(HasChecksum: true), V4)));
    }

    [Fact]
    public void A_checksum_that_is_left_to_the_receiver_stays_left()
    {
        List<byte[]> frames = Four(V4, Checked, new PlainGue(HasRemoteChecksum: true), V4);
        Assert.True((Assert.Single(MergedFrames.Of(frames)).State.GsoType & GsoType.TunnelRemoteChecksum) != 0);
        MergedFrames.AssertRoundTrip(frames);
    }

    [Fact]
    public void Control_messages_are_left_alone()
    {
        List<byte[]> frames = Four(V4, Unchecked, new PlainGue(), V4);
        foreach (byte[] frame in frames)
            frame[14 + 20 + 8] |= 0x20;
        Assert.Equal([1, 1, 1, 1], MergedFrames.Counts(frames));
    }

    [Fact]
    public void Headers_that_are_not_alike_are_not_merged()
    {
        List<byte[]> Of(byte flags) => [.. Four(V4, Unchecked, new PlainGue(HasRemoteChecksum: true), V4).Select(frame => With(frame, flags))];
        List<byte[]> one = Of(0x00);
        List<byte[]> other = Of(0x00);
        // Without the private flag that asks for it, the eight bytes are options of no meaning.
        other[2][14 + 20 + 8 + 11] ^= 1;
        other[3][14 + 20 + 8 + 11] ^= 1;
        Assert.Equal([4], MergedFrames.Counts(one.Select(Whole)));
        Assert.Equal([2, 2], MergedFrames.Counts(other.Select(Whole)));
    }

    [Fact]
    public void FOU_is_looked_into_where_its_port_was_told()
    {
        MergedFrames.AssertRoundTrip(Four(V4, Checked, V4));
        MergedFrames.AssertRoundTrip(Four(V4, Unchecked, V6));
        MergedFrames.AssertRoundTrip(Four(V6, Checked, new PlainGre(), V4));
    }

    private static byte[] With(byte[] frame, byte privateFlags)
    {
        frame[14 + 20 + 8 + 4] = privateFlags;
        return frame;
    }

    /// <summary>The inner checksum made whole, as nobody leaves it to anyone.</summary>
    private static byte[] Whole(byte[] frame)
    {
        int tcp = 14 + 20 + 8 + 12 + 20;
        byte[] segment = frame[tcp..];
        ushort checksum = Wiretrue.Testing.Synthesis.PlainSum.Checksum(segment);
        (frame[tcp + 16], frame[tcp + 17]) = ((byte)(checksum >> 8), (byte)checksum);
        return frame;
    }
}
