using Wiretrue.Captures.Explanation;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Captures.Repair;
using Wiretrue.Captures.Tests.Repair;
using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;

namespace Wiretrue.Captures.Tests.Explanation;

public sealed class CaptureExplainerTests
{
    private const int FramesOfEachCapture = 40;

    private static readonly IPv4Fields There = new();

    public static TheoryData<string> Samples => ["tcp4.pcap", "tcp6.pcap", "udp4.pcap", "vxlan.pcap"];

    public static TheoryData<string> Captures => [.. Corpus.Captures.Where(path => !path.EndsWith(".snoop", StringComparison.Ordinal)).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void What_leaves_for_the_wire_is_what_a_repair_writes(string name) => AssertAsRepaired(RepositoryRoot.Combine("samples", name));

    [CorpusTheory]
    [MemberData(nameof(Captures))]
    public void What_leaves_for_the_wire_is_what_a_repair_writes_of_foreign_captures(string name) => AssertAsRepaired(Corpus.PathOf(name));

    [Fact]
    public void A_half_made_checksum_is_explained()
    {
        byte[] owed = Frames.Ethernet(Frames.Tcp(There, new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(100)));
        PacketExplanation explanation = Explain(1, NetDevice.Wire(), owed)!;
        Assert.Equal(1, explanation.Frame);
        Assert.Equal(owed, explanation.Captured);
        Assert.Equal(owed, explanation.Handed);
        Assert.Empty(explanation.Rewritten);
        Assert.Equal(CapturedChecksum.Partial, explanation.Verdict.Checksum(0));
        Assert.Equal((ChecksumState.Partial, 34, 16), (explanation.Decision.Owed.Checksum, explanation.Decision.Owed.ChecksumStart, explanation.Decision.Owed.ChecksumOffset));
        Assert.Equal([TransmitStep.DeviceFeatures, TransmitStep.ChecksumCompleted], explanation.Walk.Select(each => each.Step));
        byte[] good = Frames.Ethernet(Frames.Tcp(There, new TcpFields(), Frames.Payload(100)));
        Assert.Equal(good, Assert.Single(explanation.Frames).Bytes);
        Assert.Equal([LayerKind.Ethernet, LayerKind.IPv4, LayerKind.Tcp], explanation.Layers.Select(layer => layer.Kind).Take(3));
    }

    [Fact]
    public void On_a_card_that_does_it_the_debt_leaves_with_the_packet()
    {
        byte[] owed = Frames.Ethernet(Frames.Tcp(There, new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(100)));
        PacketExplanation explanation = Explain(1, CardModels.CreateIPv4(), owed)!;
        ExplainedFrame frame = Assert.Single(explanation.Frames);
        Assert.Equal(owed, frame.Bytes);
        Assert.Equal(explanation.Decision.Owed, frame.Offload);
        Assert.Equal(TransmitStep.ChecksumLeft, explanation.Walk[^1].Step);
    }

    [Fact]
    public void Zero_checksums_are_put_into_linux_s_conventions_first_and_that_is_told()
    {
        IPv4Fields zero = There with { HeaderChecksum = FieldChecksum.Zero };
        byte[] captured = Frames.Ethernet(Frames.Tcp(zero, new TcpFields { Checksum = FieldChecksum.Zero }, Frames.Payload(100)));
        PacketExplanation explanation = Explain(1, NetDevice.Wire(), captured)!;
        Assert.Equal(captured, explanation.Captured);
        Assert.Equal(
            [(LayerKind.IPv4, "header checksum", 24), (LayerKind.Tcp, "checksum", 50)],
            explanation.Rewritten.Select(field => (field.Layer, field.Name, field.Offset)));
        Assert.All(explanation.Rewritten, field => Assert.Equal(0u, field.Before));
        Assert.All(explanation.Rewritten, field => Assert.Equal((uint)((explanation.Handed[field.Offset] << 8) | explanation.Handed[field.Offset + 1]), field.After));
    }

    [Fact]
    public void Corruption_goes_as_it_is()
    {
        byte[] bad = Frames.Ethernet(Frames.Tcp(There, new TcpFields(), Frames.Payload(100)));
        bad[^1] ^= 1;
        PacketExplanation explanation = Explain(1, NetDevice.Wire(), bad)!;
        Assert.Equal(LeftReason.Bad, explanation.Decision.Left);
        Assert.Equal(default, explanation.Decision.Owed);
        Assert.Equal(bad, Assert.Single(explanation.Frames).Bytes);
    }

    [Fact]
    public void What_is_behind_the_packet_is_counted_and_not_handed_over()
    {
        byte[] frame = [.. Frames.Ethernet(Frames.Tcp(There, new TcpFields(), Frames.Payload(10))), 1, 2, 3];
        PacketExplanation explanation = Explain(1, NetDevice.Wire(), frame)!;
        Assert.Equal(3, explanation.TrailerLength);
        Assert.Equal(frame[..^3], explanation.Handed);
    }

    [Fact]
    public void The_packets_that_follow_tell_the_size_of_segments()
    {
        byte[] superFrame = Segment(1, 2600, psh: false);
        byte[] ordinary = Segment(2601, 1300, psh: false);
        PacketExplanation explanation = Explain(1, NetDevice.Wire(), superFrame, ordinary)!;
        Assert.Equal(SegmentSizeSource.OrdinarySegments, explanation.Decision.SizeFrom);
        Assert.Equal(1300, explanation.Decision.Owed.GsoSize);
        Assert.Equal(2, explanation.Frames.Count);
    }

    [Fact]
    public void A_handshake_tells_the_size_of_segments()
    {
        byte[] syn = Frames.Ethernet(Frames.Tcp(There, new TcpFields { Flags = TcpFields.Syn, Options = TcpFields.MaximumSegmentSize(1200) }, []));
        var back = There with { Source = There.Destination, Destination = There.Source };
        var answer = new TcpFields
        {
            SourcePort = new TcpFields().DestinationPort,
            DestinationPort = new TcpFields().SourcePort,
            Flags = TcpFields.Syn | TcpFields.Ack,
            Options = TcpFields.MaximumSegmentSize(1200),
        };
        byte[] synAck = Frames.Ethernet(Frames.Tcp(back, answer, []));
        PacketExplanation explanation = Explain(3, NetDevice.Wire(), syn, synAck, Segment(1, 3600, psh: true))!;
        Assert.Equal((SegmentSizeSource.Handshake, 1200), (explanation.Decision.SizeFrom, explanation.Decision.Owed.GsoSize));
    }

    [Fact]
    public void Without_a_word_the_wire_tells_the_size_of_segments()
    {
        PacketExplanation explanation = Explain(1, NetDevice.Wire(), Segment(1, 4000, psh: true))!;
        Assert.Equal((SegmentSizeSource.Mtu, 1460), (explanation.Decision.SizeFrom, explanation.Decision.Owed.GsoSize));
    }

    [Fact]
    public void A_packet_of_a_later_window_is_found_by_its_number()
    {
        byte[][] frames = [.. Enumerable.Range(0, 20).Select(i => Segment((uint)(1 + (100 * i)), 100, psh: true))];
        using CaptureReader reader = Open(windowSize: 400, frames);
        PacketExplanation explanation = CaptureExplainer.Explain(reader, 17, NetDevice.Wire(), new RepairOptions())!;
        Assert.Equal(17, explanation.Frame);
        Assert.Equal(frames[16], explanation.Captured);
        Assert.True(reader.PacketsRead < 20, "no more is read than it takes");
    }

    [Fact]
    public void A_number_beyond_the_capture_is_none_and_the_capture_says_how_many_it_has()
    {
        using CaptureReader reader = Open(CaptureReader.DefaultWindowSize, Segment(1, 10, psh: true));
        Assert.Null(CaptureExplainer.Explain(reader, 2, NetDevice.Wire(), new RepairOptions()));
        Assert.Equal(1, reader.PacketsRead);
    }

    [Fact]
    public void Numbers_begin_at_one()
    {
        using CaptureReader reader = Open(CaptureReader.DefaultWindowSize, Segment(1, 10, psh: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => CaptureExplainer.Explain(reader, 0, NetDevice.Wire(), new RepairOptions()));
    }

    private static byte[] Segment(uint sequence, int payload, bool psh)
    {
        var flags = (ushort)(TcpFields.Ack | (psh ? TcpFields.Psh : 0));
        return Frames.Ethernet(Frames.Tcp(There, new TcpFields { Sequence = sequence, Flags = flags, Checksum = FieldChecksum.Partial }, Frames.Payload(payload)));
    }

    private static PacketExplanation? Explain(long frame, NetDevice device, params byte[][] frames)
    {
        using CaptureReader reader = Open(CaptureReader.DefaultWindowSize, frames);
        return CaptureExplainer.Explain(reader, frame, device, new RepairOptions());
    }

    private static CaptureReader Open(int windowSize, params byte[][] frames) =>
        CaptureReader.Open(new MemoryStream(Repairing.Pcap(frames)), "made", windowSize);

    /// <summary>
    /// The first packets of a capture, each explained on a wire that takes any length, as a repair does, and the repair's own output side by side.
    /// </summary>
    private static void AssertAsRepaired(string path)
    {
        (_, byte[] repaired) = Repairing.Run(File.ReadAllBytes(path));
        List<PlainPacket> written = PlainCapture.Read(repaired);
        int at = 0;
        for (int frame = 1; frame <= FramesOfEachCapture; frame++)
        {
            using CaptureReader reader = CaptureReader.Open(path);
            if (CaptureExplainer.Explain(reader, frame, NetDevice.Wire(ushort.MaxValue), new RepairOptions()) is not { } explanation)
                return;
            if (explanation.Dropped != DropReason.None)
            {
                Assert.Equal(written[at++].Bytes, explanation.Captured);
                continue;
            }
            foreach (ExplainedFrame each in explanation.Frames)
            {
                byte[] expected = written[at++].Bytes;
                int trailer = explanation.Decision.Owed.IsGso ? 0 : explanation.TrailerLength;
                Assert.Equal(expected[..^trailer], each.Bytes);
                Assert.Equal(explanation.Captured[^trailer..], expected[^trailer..]);
            }
        }
    }
}
