using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Transmit;

namespace Wiretrue.Captures.Tests.Inference;

/// <summary>After normalization, completing the one checksum that is owed makes the whole packet true.</summary>
public sealed class NormalizationTests
{
    public static TheoryData<FieldChecksum> Owed => [FieldChecksum.Partial, FieldChecksum.PartialNoLength, FieldChecksum.Zero];

    [Theory]
    [MemberData(nameof(Owed))]
    public void Every_convention_ends_in_the_same_frame(FieldChecksum convention)
    {
        foreach (IPFields ip in new IPFields[] { new IPv4Fields(), new IPv6Fields() })
        {
            byte[] Build(FieldChecksum checksum) => Tcp(ip, checksum, 333);
            Assert.Equal(Build(FieldChecksum.Good), Repair(Build(convention)));
        }
    }

    [Fact]
    public void An_ipv4_header_checksum_of_zero_is_made()
    {
        byte[] Build(FieldChecksum header, FieldChecksum checksum) => Tcp(new IPv4Fields { HeaderChecksum = header }, checksum, 50);
        byte[] good = Build(FieldChecksum.Good, FieldChecksum.Good);
        Assert.Equal(good, Repair(Build(FieldChecksum.Zero, FieldChecksum.Good)));
        Assert.Equal(good, Repair(Build(FieldChecksum.Zero, FieldChecksum.Partial)));
    }

    [Fact]
    public void An_ipv4_header_checksum_that_is_wrong_is_made_only_when_all_are()
    {
        byte[] Build(FieldChecksum header) => Tcp(new IPv4Fields { HeaderChecksum = header }, FieldChecksum.Partial, 50);
        byte[] bad = Build(FieldChecksum.Bad);
        byte[] repaired = Repair([.. bad]);
        Assert.Equal(bad.AsSpan(24, 2).ToArray(), repaired.AsSpan(24, 2).ToArray());
        byte[] all = Repair([.. bad], new InferenceOptions { Policy = RepairPolicy.All });
        Assert.Equal(Build(FieldChecksum.Good).AsSpan(14, 20).ToArray(), all.AsSpan(14, 20).ToArray());
    }

    [Fact]
    public void A_length_of_zero_on_what_is_not_cut_becomes_true()
    {
        byte[] Build(ushort? length, FieldChecksum header, FieldChecksum checksum) =>
            Tcp(new IPv4Fields { LengthField = length, HeaderChecksum = header }, checksum, 900);
        byte[] good = Build(null, FieldChecksum.Good, FieldChecksum.Good);
        Assert.Equal(good, Repair(Build(0, FieldChecksum.Zero, FieldChecksum.PartialNoLength)));
        Assert.Equal(good, Repair(Build(0, FieldChecksum.Good, FieldChecksum.Partial)));
    }

    [Theory]
    [InlineData(FieldChecksum.Good)]
    [InlineData(FieldChecksum.Partial)]
    [InlineData(FieldChecksum.PartialNoLength)]
    public void The_outer_checksum_of_a_tunnel_comes_out_right(FieldChecksum outer)
    {
        foreach (int length in new[] { 0, 1, 50, 51 })
        {
            foreach (int padding in new[] { 0, 1, 4, 7 })
            {
                byte[] Build(FieldChecksum around, FieldChecksum inner) => Frames.Ethernet(Frames.Vxlan(new IPv6Fields(), around,
                    [.. Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields { Checksum = inner }, Frames.Payload(length))),
                        .. Enumerable.Repeat((byte)0x5A, padding)]));
                Assert.Equal(Build(FieldChecksum.Good, FieldChecksum.Good), Repair(Build(outer, FieldChecksum.Partial)));
            }
        }
    }

    [Fact]
    public void An_outer_checksum_that_is_absent_stays_so()
    {
        byte[] Build(FieldChecksum inner) => Frames.Ethernet(Frames.Geneve(new IPv4Fields(), FieldChecksum.Zero,
            Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = inner }, Frames.Payload(20)))));
        Assert.Equal(Build(FieldChecksum.Good), Repair(Build(FieldChecksum.Partial)));
    }

    [Fact]
    public void An_outer_checksum_that_is_wrong_keeps_its_bytes()
    {
        byte[] Build(FieldChecksum inner) => Frames.Ethernet(Frames.Geneve(new IPv4Fields(), FieldChecksum.Bad,
            Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = inner }, Frames.Payload(20)))));
        byte[] captured = Build(FieldChecksum.Partial);
        byte[] repaired = Repair([.. captured]);
        Assert.Equal(captured.AsSpan(0, 84).ToArray(), repaired.AsSpan(0, 84).ToArray());
        Assert.NotEqual(captured, repaired);
    }

    [Fact]
    public void A_gre_checksum_follows_what_is_inside()
    {
        byte[] Build(FieldChecksum inner, ushort? wrong = null)
        {
            byte[] packet = Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = inner }, Frames.Payload(21));
            byte[] gre = [0x80, 0x00, 0x08, 0x00, 0, 0, 0, 0, .. packet];
            ushort checksum = wrong ?? PlainSum.Checksum(gre);
            (gre[4], gre[5]) = ((byte)(checksum >> 8), (byte)checksum);
            return Frames.Ethernet(new IPv4Fields().Wrap(47, gre));
        }
        byte[] good = Build(FieldChecksum.Good);
        Assert.Equal(good, Repair(Build(FieldChecksum.Partial)));
        // As local checksum offload leaves it: right for what is still to come.
        byte[] ahead = Build(FieldChecksum.Partial);
        good.AsSpan(38, 2).CopyTo(ahead.AsSpan(38));
        Assert.Equal(good, Repair(ahead));
        byte[] wrong = Build(FieldChecksum.Partial, wrong: 0x1234);
        Assert.Equal([0x12, 0x34], Repair(wrong).AsSpan(38, 2).ToArray());
    }

    [Fact]
    public void Sctp_gets_its_crc_and_the_tunnel_around_it_its_sum()
    {
        byte[] Build(FieldChecksum around, FieldChecksum inner) => Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), around,
            Frames.Ethernet(Frames.Sctp(new IPv4Fields(), inner, Frames.Payload(33)))));
        Assert.Equal(Build(FieldChecksum.Good, FieldChecksum.Good), Repair(Build(FieldChecksum.Partial, FieldChecksum.Zero)));
    }

    [Fact]
    public void The_captures_word_that_the_checksum_is_not_ready_is_believed()
    {
        byte[] Build(FieldChecksum checksum) => Tcp(new IPv4Fields(), checksum, 60);
        Assert.Equal(Build(FieldChecksum.Good), Repair(Build(FieldChecksum.Bad), flags: PacketFlags.ChecksumNotReady));
    }

    [CorpusFact]
    public void Everything_owed_in_the_shared_captures_comes_out_right()
    {
        long completed = 0;
        foreach (string path in Corpus.Captures.Where(p => !p.EndsWith(".snoop", StringComparison.Ordinal)).Concat(Corpus.OwnCaptures))
        {
            using CaptureReader reader = CaptureReader.Open(path, windowSize: 100_000);
            var inference = new OffloadInference(new InferenceOptions { Segments = false });
            var window = new CaptureWindow();
            var layout = default(PacketLayout);
            while (reader.Read(window))
            {
                inference.Observe(window);
                for (int i = 0; i < window.Records.Length; i++)
                {
                    Span<byte> packet = window.Data(in window.Records[i]);
                    PacketDecision decision = inference.Decide(window, i, ref layout);
                    if (!decision.Changes)
                        continue;
                    inference.Normalize(packet, in layout, inference.Verdicts[i], in decision);
                    Complete(packet, in decision);
                    if (decision.Left == LeftReason.None)
                        AssertTrue(packet, window.Records[i], $"{Path.GetFileName(path)} packet {window.FirstPacketNumber + i}");
                    completed++;
                }
            }
        }
        Assert.True(completed > 1500, $"only {completed} packets were owed anything");
    }

    private static void AssertTrue(ReadOnlySpan<byte> packet, CaptureRecord record, string where)
    {
        var layout = default(PacketLayout);
        PacketWalk.Walk(packet, (int)record.OriginalLength, record.LinkType, ref layout);
        for (int i = 0; i < layout.Count; i++)
        {
            if (layout[i].IsTransport)
                Assert.True(TransportChecksum.Verify(packet, in layout, i) is ChecksumVerdict.Good or ChecksumVerdict.Absent, where);
            else if (layout[i].Kind == LayerKind.IPv4)
                Assert.True(PlainSum.Sum(packet.Slice(layout[i].Offset, layout[i].HeaderLength)) == 0xFFFF, where);
        }
    }

    private static byte[] Tcp(IPFields ip, FieldChecksum checksum, int length) =>
        Frames.Ethernet(Frames.Tcp(ip, new TcpFields { Checksum = checksum }, Frames.Payload(length)));

    private static byte[] Repair(byte[] frame, InferenceOptions? options = null, PacketFlags flags = PacketFlags.None)
    {
        CaptureWindow window = Windows.Of(frame).FlagLast(flags);
        var inference = new OffloadInference(options ?? new InferenceOptions());
        inference.Observe(window);
        var layout = default(PacketLayout);
        PacketDecision decision = inference.Decide(window, 0, ref layout);
        Assert.True(decision.Changes);
        inference.Normalize(window.Buffer, in layout, inference.Verdicts[0], in decision);
        Complete(window.Buffer, in decision);
        return window.Buffer;
    }

    private static void Complete(Span<byte> packet, in PacketDecision decision)
    {
        Span<byte> covered = packet[..decision.Length];
        OffloadState owed = decision.Owed;
        if (owed.ChecksumIsCrc32C)
            Assert.True(PartialChecksum.TryCompleteCrc32C(covered, owed.ChecksumStart, owed.ChecksumOffset, out _));
        else if (owed.Checksum == ChecksumState.Partial)
            Assert.True(PartialChecksum.TryComplete(covered, owed.ChecksumStart, owed.ChecksumOffset, out _));
    }
}
