using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using static Wiretrue.Tests.Receive.Coalescing.Tunnels.TunnelFrames;

namespace Wiretrue.Tests.Receive.Coalescing;

/// <summary>
/// What does not come back as it was when it is cut again, and what comes back in another order: Linux' exceptions, all that there are. Whoever wants
/// one of them gone has to differ from it.
/// </summary>
public sealed class RoundTripExceptionTests
{
    private static readonly PlainIP Still = V4 with { HasFixedId = true };

    [Fact]
    public void Datagrams_with_one_identification_come_back_with_identifications_in_a_row()
    {
        byte[][] frames = [.. new PlainFrame([Frame, Still, new PlainUdp(new UdpFields())], Frames.Payload(400)).Segments(100)];
        Assert.Equal(GsoType.UdpL4, Assert.Single(MergedFrames.Of(frames)).State.GsoType);
        Assert.Throws<InvalidDataException>(() => MergedFrames.AssertRoundTrip(frames));
    }

    [Fact]
    public void So_does_a_datagram_that_was_doubled_on_the_way()
    {
        byte[] frame = new PlainFrame([Frame, V4, new PlainUdp(new UdpFields())], Frames.Payload(100)).Segments(100).Single();
        Assert.Throws<InvalidDataException>(() => MergedFrames.AssertRoundTrip([frame, frame]));
    }

    [Fact]
    public void TCP_with_one_identification_comes_back_with_one()
    {
        MergedFrames.AssertRoundTrip(new PlainFrame([Frame, Still, Tcp], Frames.Payload(400)).Segments(100));
    }

    /// <summary>Linux keeps an outer identification around IPv6 only where it counts, and mixes up those of the two headers of a UDP tunnel.</summary>
    [Fact]
    public void So_does_TCP_in_a_tunnel_unlike_in_Linux()
    {
        MergedFrames.AssertRoundTrip(Four(Still, V6));
        MergedFrames.AssertRoundTrip(Four(Still, Checked, new PlainVxlan(1), Frame, V4));
        MergedFrames.AssertRoundTrip(Four(V4, Checked, new PlainVxlan(1), Frame, Still));
    }

    [Fact]
    public void A_last_short_frame_in_GRE_with_a_checksum_comes_back_with_a_right_one_unlike_in_Linux()
    {
        PlainHeader[] headers = [Frame, V4, new PlainGre(HasChecksum: true), V4, Tcp];
        MergedFrames.AssertRoundTrip(new PlainFrame(headers, Frames.Payload(350)).Segments(100));
    }

    [Fact]
    public void With_a_key_before_it_such_a_frame_is_overtaken_by_the_next_ones()
    {
        PlainHeader[] headers = [Frame, V4, new PlainGre(HasChecksum: true, Key: 9), V4, Tcp];
        byte[][] first = [.. new PlainFrame(headers, Frames.Payload(250)).Segments(100)];
        byte[][] frames =
        [
            .. first,
            new PlainFrame(headers, []).Build(Frames.Payload(100), new SegmentPlace(3, 250, false)),
            new PlainFrame([.. headers[..^1], new PlainTcp(new TcpFields { Flags = TcpFields.Ack | TcpFields.Psh })], [])
                .Build(Frames.Payload(100), new SegmentPlace(4, 350, true)),
        ];
        Assert.Equal([2, 2, 1], MergedFrames.Counts(frames));
        Assert.Throws<InvalidDataException>(() => MergedFrames.AssertRoundTrip(frames));
    }
}
