using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tests.Receive.Coalescing.Tunnels;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Receive.Coalescing;

/// <summary>Packets that are listed as they came (<c>rx-gro-list</c>).</summary>
public sealed class FragmentListTests
{
    private static readonly CoalescerOptions Listing = new() { FragmentLists = true };
    private static readonly PlainUdp Datagram = new(new UdpFields());

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Packets_are_chained_with_their_headers_behind_them(bool isTcp, bool isIPv4)
    {
        List<byte[]> frames = Frames(isTcp, isIPv4, 100, 100, 100, 60);
        (byte[] bytes, OffloadState state, int count) = Assert.Single(MergedFrames.Of(frames, Listing));
        Assert.Equal((4, 100, ChecksumState.Unnecessary), (count, state.GsoSize, state.Checksum));
        Assert.Equal(GsoType.FragmentList | (!isTcp ? GsoType.UdpL4 : isIPv4 ? GsoType.TcpV4 : GsoType.TcpV6), state.GsoType);
        int headers = frames[0].Length - 100;
        Assert.Equal(headers + 360, bytes.Length);
        // The lengths are those of all; each transport's checksum is as it came, since none was touched.
        Assert.Equal(bytes.Length - 14 - (isIPv4 ? 0 : 40), (bytes[isIPv4 ? 16 : 18] << 8) | bytes[isIPv4 ? 17 : 19]);
        int checksum = headers - (isTcp ? 4 : 2);
        Assert.Equal(frames[0][checksum..(checksum + 2)], bytes[checksum..(checksum + 2)]);
        MergedFrames.AssertRoundTrip(frames, Listing);
    }

    [Fact]
    public void The_packets_of_the_list_are_those_that_came()
    {
        using var pool = new PacketPool();
        using var coalescer = new Coalescer(Listing);
        using var ready = new PacketQueue();
        Packet[] came = [.. Frames(isTcp: true, isIPv4: true, 100, 100, 100).Select(frame => pool.Rent(frame, default))];
        foreach (Packet packet in came)
            coalescer.Receive(packet, ready);
        coalescer.Flush(ready);
        Packet first = ready.First!;
        Assert.Same(came[0], first);
        Assert.Same(came[1], first.FragmentList);
        Assert.Same(came[2], first.FragmentList!.Next);
        Assert.All([came[1], came[2]], packet => Assert.Equal(100, packet.Length));
        Assert.All([came[1], came[2]], packet => Assert.True(packet.Headroom >= 14 + 20 + 20));
    }

    [Fact]
    public void A_flag_of_TCP_that_only_the_last_has_keeps_it_out_of_the_list()
    {
        List<byte[]> frames = Frames(isTcp: true, isIPv4: true, 100, 100, 100);
        PlainHeader[] pushed = [TunnelFrames.Frame, TunnelFrames.V4, new PlainTcp(new TcpFields { Flags = TcpFields.Ack | TcpFields.Psh })];
        frames[2] = new PlainFrame(pushed, []).Build(Payload(100), new SegmentPlace(2, 200, true));
        Assert.Equal([2, 1], MergedFrames.Counts(frames, Listing));
        Assert.Equal([3], MergedFrames.Counts(frames, new CoalescerOptions()));
    }

    [Fact]
    public void No_more_than_64_are_listed()
    {
        int[] lengths = [.. Enumerable.Repeat(100, 70)];
        Assert.Equal([64, 6], MergedFrames.Counts(Frames(isTcp: true, isIPv4: false, lengths), Listing));
        Assert.Equal([64, 6], MergedFrames.Counts(Frames(isTcp: false, isIPv4: false, lengths), Listing));
    }

    [Fact]
    public void A_datagram_without_a_checksum_is_not_listed()
    {
        PlainHeader[] headers = [TunnelFrames.Frame, TunnelFrames.V4, new PlainUdp(new UdpFields { Checksum = FieldChecksum.Zero })];
        Assert.Equal([1, 1, 1], MergedFrames.Counts(new PlainFrame(headers, Payload(300)).Segments(100), Listing));
    }

    [Fact]
    public void Listed_packets_get_identifications_in_a_row_when_they_are_taken_apart_as_in_Linux()
    {
        PlainIP still = TunnelFrames.V4 with { HasFixedId = true };
        byte[][] frames = [.. new PlainFrame([TunnelFrames.Frame, still, TunnelFrames.Tcp], Payload(300)).Segments(100)];
        OffloadState state = Assert.Single(MergedFrames.Of(frames, Listing)).State;
        Assert.Equal(GsoType.FragmentList | GsoType.TcpV4, state.GsoType);
        Assert.Throws<InvalidDataException>(() => MergedFrames.AssertRoundTrip(frames, Listing));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void In_a_tunnel_of_UDP_they_are_listed_as_well(bool hasChecksum)
    {
        PlainHeader[] tunnel = [TunnelFrames.Frame, TunnelFrames.V4, hasChecksum ? TunnelFrames.Checked : TunnelFrames.Unchecked, new PlainVxlan(7)];
        byte[][] frames = [.. new PlainFrame([.. tunnel, TunnelFrames.Frame, TunnelFrames.V4, Datagram], Payload(300)).Segments(100)];
        GsoType type = Assert.Single(MergedFrames.Of(frames, Listing)).State.GsoType;
        Assert.Equal(GsoType.FragmentList | GsoType.UdpL4 | (hasChecksum ? GsoType.UdpTunnelChecksum : GsoType.UdpTunnel), type);
        MergedFrames.AssertRoundTrip(frames, Listing);
    }

    [Fact]
    public void In_other_tunnels_datagrams_are_handed_up_as_if_they_had_been_joined()
    {
        byte[][] frames = [.. new PlainFrame([TunnelFrames.Frame, TunnelFrames.V4, TunnelFrames.V6, Datagram], Payload(300)).Segments(100)];
        OffloadState state = Assert.Single(MergedFrames.Of(frames, Listing)).State;
        Assert.Equal((GsoType.IPXIP4 | GsoType.UdpL4, ChecksumState.Partial), (state.GsoType, state.Checksum));
        MergedFrames.AssertRoundTrip(frames, Listing);
    }

    private static List<byte[]> Frames(bool isTcp, bool isIPv4, params int[] lengths)
    {
        PlainHeader[] headers = [TunnelFrames.Frame, isIPv4 ? TunnelFrames.V4 : TunnelFrames.V6, isTcp ? TunnelFrames.Tcp : Datagram];
        var frames = new List<byte[]>();
        int offset = 0;
        foreach (int length in lengths)
        {
            frames.Add(new PlainFrame(headers, []).Build(Payload(length), new SegmentPlace(frames.Count, offset, false)));
            offset += length;
        }
        return frames;
    }

    private static byte[] Payload(int length) => Wiretrue.Testing.Synthesis.Frames.Payload(length);
}
