using Wiretrue.Captures.Diagnosis;
using Wiretrue.Captures.Inference;
using Wiretrue.Captures.Tests.Inference;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Captures.Tests.Diagnosis;

public sealed class CaptureInspectorTests
{
    [Fact]
    public void Outermost_and_inner_transports_are_counted_apart()
    {
        byte[] tcp = Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(10));
        InspectReport report = Count(
            Frames.Ethernet(tcp),
            Frames.Ethernet(Frames.Vxlan(new IPv6Fields(), FieldChecksum.Good, Frames.Ethernet(tcp))),
            Frames.Ethernet(new IPv4Fields().Wrap(4, tcp)),
            Frames.Ethernet(new IPv4Fields().Wrap(47, [0, 0, 0x08, 0x00, .. tcp])));
        Assert.Equal(4, report.Packets);
        Assert.Equal(1, report.Tcp.Partial);
        Assert.Equal(1, report.Udp.Good);
        Assert.Equal(3, report.InnerTcp.Partial);
        Assert.Equal(3, report.IPv4Good);
    }

    [Fact]
    public void Each_state_has_its_count()
    {
        byte[] Udp(IPFields ip, FieldChecksum checksum) =>
            Frames.Ethernet(Frames.Udp(ip, new UdpFields { Checksum = checksum }, Frames.Payload(30)));
        InspectReport report = Count(
            Udp(new IPv4Fields(), FieldChecksum.Good),
            Udp(new IPv4Fields(), FieldChecksum.Partial),
            Udp(new IPv4Fields(), FieldChecksum.PartialNoLength),
            Udp(new IPv4Fields(), FieldChecksum.Zero),
            Udp(new IPv6Fields(), FieldChecksum.Zero),
            Udp(new IPv6Fields(), FieldChecksum.Bad),
            Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields { LengthField = 900 }, Frames.Payload(30))),
            Udp(new IPv4Fields { HeaderChecksum = FieldChecksum.Zero }, FieldChecksum.Good),
            Udp(new IPv4Fields { HeaderChecksum = FieldChecksum.Bad }, FieldChecksum.Good),
            Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Zero, Frames.Payload(8))));
        ChecksumCounts udp = report.Udp;
        Assert.Equal((3, 1, 1, 1, 1, 1, 1),
            (udp.Good, udp.Partial, udp.PartialNoLength, udp.Absent, udp.Zero, udp.Bad, udp.Unverifiable));
        Assert.Equal((1, 1), (report.IPv4Zero, report.IPv4Bad));
        Assert.Equal(1, report.Sctp.Zero);
        Assert.Equal(1, report.Malformed);
    }

    [Fact]
    public void What_a_later_window_proves_rewritten_is_taken_back_from_the_bad()
    {
        var inspector = new CaptureInspector(new InferenceOptions());
        inspector.Count(Windows.Of(Rewritten(10)));
        Assert.Equal((1, 0), (inspector.Report.Tcp.Bad, inspector.Report.Tcp.Rewritten));
        inspector.Count(Windows.Of(Rewritten(11)));
        Assert.Equal((0, 2), (inspector.Report.Tcp.Bad, inspector.Report.Tcp.Rewritten));
        inspector.Count(Windows.Of(Rewritten(12)));
        Assert.Equal((0, 3), (inspector.Report.Tcp.Bad, inspector.Report.Tcp.Rewritten));
    }

    [Fact]
    public void Super_frames_are_counted_by_the_state_of_what_would_be_cut()
    {
        byte[] Big(FieldChecksum checksum, int length) => Frames.Ethernet(Frames.Tcp(
            new IPv4Fields(), new TcpFields { Checksum = checksum, Options = TcpFields.Timestamps }, Frames.Payload(length)));
        InspectReport report = Count(
            Big(FieldChecksum.Good, 3000), Big(FieldChecksum.Partial, 60_000), Big(FieldChecksum.PartialNoLength, 3000),
            Big(FieldChecksum.Zero, 3000), Big(FieldChecksum.Bad, 3000), Big(FieldChecksum.Good, 1448));
        SuperFrameCounts super = report.SuperFrames;
        Assert.Equal((5, 1, 1, 1, 1, 1), (super.Count, super.Good, super.Partial, super.PartialNoLength, super.Zero, super.Bad));
        Assert.Equal(14 + 52 + 60_000, super.LargestBytes);
    }

    [Fact]
    public void Snapped_packets_are_truncated_and_fragments_are_fragments_only()
    {
        var inspector = new CaptureInspector(new InferenceOptions());
        byte[] fragment = Frames.Ethernet(Frames.Udp(new IPv4Fields { MoreFragments = true }, new UdpFields(), Frames.Payload(64)));
        inspector.Count(Windows.Of(fragment).SnapLast(60));
        Assert.Equal((1, 1, 0), (inspector.Report.Truncated, inspector.Report.Fragments, inspector.Report.Udp.Unverifiable));
    }

    private static byte[] Rewritten(int length)
    {
        byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(length)));
        frame[33] ^= 0x40;
        return frame;
    }

    private static InspectReport Count(params byte[][] packets)
    {
        var inspector = new CaptureInspector(new InferenceOptions());
        inspector.Count(Windows.Of(packets));
        return inspector.Report;
    }
}
