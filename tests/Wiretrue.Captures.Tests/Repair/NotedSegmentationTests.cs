using Wiretrue.Captures.Repair;
using Wiretrue.Captures.Tests.Formats;
using Wiretrue.Packets;
using Wiretrue.Captures.Formats;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Captures.Tests.Repair;

/// <summary>A packet whose comment says how it is to be cut is cut so, where its headers agree.</summary>
public sealed class NotedSegmentationTests
{
    private const uint NotReady = 0x200;

    private static readonly PlainEthernet Ethernet = new();
    private static readonly PlainTcp Tcp = new(new TcpFields());
    private static readonly PlainUdp Udp = new(new UdpFields());

    [Theory]
    [InlineData(100)]
    [InlineData(1)]
    [InlineData(399)]
    public void Segments_smaller_than_any_MTU_are_given_back(int size)
    {
        PlainFrame[] frames =
        [
            new([Ethernet, new PlainIP(new IPv4Fields { Id = 4 }), Tcp], Frames.Payload(400)),
            new([Ethernet, new PlainIP(new IPv6Fields()), Tcp], Frames.Payload(400)),
            new([Ethernet, new PlainIP(new IPv4Fields { Id = 4 }), Udp], Frames.Payload(400)),
            new([Ethernet, new PlainIP(new IPv4Fields()), Udp, new PlainVxlan(1), Ethernet, new PlainIP(new IPv6Fields()), Tcp], Frames.Payload(400)),
        ];
        foreach (PlainFrame frame in frames)
            Assert.Equal(frame.Segments(size), Fixed(frame, frame.Offload(size)));
    }

    [Fact]
    public void An_identification_that_stays_the_same_is_believed()
    {
        var frame = new PlainFrame([Ethernet, new PlainIP(new IPv4Fields { Id = 4 }, HasFixedId: true), Tcp], Frames.Payload(400));
        Assert.Equal(frame.Segments(100), Fixed(frame, frame.Offload(100)));
    }

    [Fact]
    public void Accurate_ECN_keeps_CWR_in_every_segment()
    {
        var frame = new PlainFrame(
            [Ethernet, new PlainIP(new IPv6Fields()), new PlainTcp(new TcpFields { Flags = TcpFields.Cwr | 0x10 }, HasAccurateEcn: true)], Frames.Payload(400));
        Assert.Equal(frame.Segments(100), Fixed(frame, frame.Offload(100)));
    }

    [Fact]
    public void An_MTU_that_is_asked_for_goes_before_the_note()
    {
        var frame = new PlainFrame([Ethernet, new PlainIP(new IPv6Fields()), Tcp], Frames.Payload(4000));
        Assert.Equal(frame.Segments(576 - 60), Fixed(frame, frame.Offload(1000), new RepairOptions { Mtu = 576 }));
    }

    [Theory]
    [InlineData("wiretrue: merged, gso_type udp_l4, gso_size 100, gso_segs 4")]
    [InlineData("wiretrue: merged, gso_type tcpv4, gso_size 400, gso_segs 4")]
    [InlineData("wiretrue: merged, gso_type tcpv4, gso_size 100")]
    public void A_note_that_does_not_fit_the_packet_is_none(string note)
    {
        var frame = new PlainFrame([Ethernet, new PlainIP(new IPv4Fields { Id = 4 }), Tcp], Frames.Payload(400));
        Assert.Equal(frame.Segments(400), Fixed(frame.Build(), note));
    }

    [Fact]
    public void Nothing_of_the_note_is_left_on_the_segments()
    {
        var frame = new PlainFrame([Ethernet, new PlainIP(new IPv4Fields { Id = 4 }), Tcp], Frames.Payload(200));
        OffloadState owed = frame.Offload(100);
        byte[] output = Repairing.Run(Capture(frame.Build(), new SegmentationNote(owed.GsoType, 100, 2).ToString())).Output;
        PcapNgFile o = new();
        byte[][] segments = [.. frame.Segments(100)];
        Assert.Equal(
            new PcapNgFile().Section().Interface().Enhanced(segments[0], options: [.. o.Flags(0), .. o.End()])
                .Enhanced(segments[1], options: [.. o.Flags(0), .. o.End()]).ToArray(),
            output);
    }

    private static IEnumerable<byte[]> Fixed(PlainFrame frame, OffloadState owed, RepairOptions? options = null) =>
        Fixed(frame.Build(), new SegmentationNote(owed.GsoType, owed.GsoSize, 1).ToString(), options);

    private static IEnumerable<byte[]> Fixed(byte[] packet, string note, RepairOptions? options = null) =>
        PlainCapture.Read(Repairing.Run(Capture(packet, note), options).Output).Select(each => each.Bytes);

    private static byte[] Capture(byte[] packet, string note)
    {
        PcapNgFile o = new();
        return new PcapNgFile().Section().Interface().Enhanced(packet, options: [.. o.Flags(NotReady), .. o.Comment(note), .. o.End()]).ToArray();
    }
}
