using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Headers;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Captures.Tests.Inference;

/// <summary>Whatever the bytes, an inference says something, throws nothing, and takes no memory for it.</summary>
public sealed class HostilePacketTests
{
    [Fact]
    public void Mutated_packets_are_observed_decided_and_normalized_without_a_fault()
    {
        byte[][] seeds = Seeds();
        var random = new Random(20);
        foreach (RepairPolicy policy in Enum.GetValues<RepairPolicy>())
        {
            var inference = new OffloadInference(new InferenceOptions { Policy = policy, Exact = policy == RepairPolicy.Rewritten });
            for (int round = 0; round < 400; round++)
                Use(inference, Mutated(seeds, random));
        }
    }

    [CorpusFact]
    public void Mutated_captures_are_observed_decided_and_normalized_without_a_fault()
    {
        var random = new Random(21);
        var inference = new OffloadInference(new InferenceOptions { Policy = RepairPolicy.All });
        foreach (string path in Corpus.Captures.Where(p => p.EndsWith(".pcap", StringComparison.Ordinal) && new FileInfo(p).Length < 300_000))
        {
            using CaptureReader reader = CaptureReader.Open(path);
            var window = new CaptureWindow();
            while (reader.Read(window))
            {
                for (int round = 0; round < 6; round++)
                {
                    foreach (CaptureRecord record in window.Records)
                        Mutate(window.Data(in record), random);
                    Use(inference, window);
                }
            }
        }
    }

    [Fact]
    public void A_packet_cut_anywhere_is_observed_decided_and_normalized_without_a_fault()
    {
        var inference = new OffloadInference(new InferenceOptions { Policy = RepairPolicy.All });
        foreach (byte[] seed in Seeds())
        {
            for (int captured = 0; captured <= Math.Min(seed.Length, 200); captured++)
                Use(inference, Windows.Of([.. seed]).SnapLast(captured));
        }
    }

    [Fact]
    public void Absurd_original_lengths_are_taken_as_they_come()
    {
        var inference = new OffloadInference(new InferenceOptions());
        foreach (uint length in new[] { 0u, 1u, 0x7FFFFFFFu, 0x80000000u, uint.MaxValue })
        {
            foreach (byte[] seed in Seeds())
            {
                CaptureWindow window = Windows.Of([.. seed]);
                window.Records[0].OriginalLength = length;
                Use(inference, window);
            }
        }
    }

    [Fact]
    public void Both_passes_allocate_nothing_once_warm()
    {
        CaptureWindow window = Windows.Of(Seeds());
        var inference = new OffloadInference(new InferenceOptions());
        Use(inference, window);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
            Use(inference, window);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Packets_that_cannot_be_walked_are_left_without_a_word()
    {
        (PacketVerdict verdict, PacketDecision decision) = Windows.Of((LinkType)127, Frames.Payload(300)).Infer();
        Assert.True(verdict.IsTrue);
        Assert.Equal((false, LeftReason.None), (decision.Changes, decision.Left));
    }

    private static void Use(OffloadInference inference, CaptureWindow window)
    {
        inference.Observe(window);
        var layout = default(PacketLayout);
        for (int i = 0; i < window.Records.Length; i++)
        {
            PacketDecision decision = inference.Decide(window, i, ref layout);
            if (decision.Changes)
                inference.Normalize(window.Data(in window.Records[i]), in layout, inference.Verdicts[i], in decision);
        }
    }

    private static CaptureWindow Mutated(byte[][] seeds, Random random)
    {
        byte[][] packets = new byte[seeds.Length][];
        for (int i = 0; i < seeds.Length; i++)
        {
            packets[i] = [.. seeds[i]];
            Mutate(packets[i], random);
        }
        CaptureWindow window = Windows.Of((LinkType)(random.Next(4) == 0 ? 101 : 1), packets);
        foreach (ref CaptureRecord record in window.Records)
        {
            if (random.Next(4) == 0)
                record.CapturedLength = random.Next(record.CapturedLength + 1);
            if (random.Next(8) == 0)
                record.Flags = (PacketFlags)(random.Next(8) << 9);
        }
        return window;
    }

    private static void Mutate(Span<byte> packet, Random random)
    {
        // Most of what decides lies in the headers.
        for (int i = random.Next(4); i > 0 && packet.Length > 0; i--)
            packet[random.Next(Math.Min(packet.Length, random.Next(2) == 0 ? 120 : int.MaxValue))] = (byte)random.Next(256);
    }

    private static byte[][] Seeds()
    {
        IPFields v4 = new IPv4Fields(), v6 = new IPv6Fields();
        var partial = new TcpFields { Checksum = FieldChecksum.Partial };
        byte[] tcp4 = Frames.Tcp(v4, partial, Frames.Payload(3000)), tcp6 = Frames.Tcp(v6, partial, Frames.Payload(200));
        byte[] udp = Frames.Udp(v4, new UdpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(90));
        return
        [
            Frames.Ethernet(tcp4),
            Frames.Ethernet(tcp6, (0x88A8, 1), (0x8100, 2)),
            Frames.Ethernet(udp),
            Frames.Ethernet(Frames.Tcp(v4, new TcpFields { Flags = TcpFields.Syn, Options = TcpFields.MaximumSegmentSize(1460) }, [])),
            Frames.Ethernet(Frames.Tcp(new IPv4Fields { LengthField = 0, HeaderChecksum = FieldChecksum.Zero }, partial, Frames.Payload(100))),
            Frames.Ethernet(Frames.Vxlan(v6, FieldChecksum.Partial, Frames.Ethernet(tcp4))),
            Frames.Ethernet(Frames.Vxlan(v4, FieldChecksum.Good, Frames.Ethernet(Frames.Geneve(v4, FieldChecksum.Good, Frames.Ethernet(udp))))),
            Frames.Ethernet(v4.Wrap(47, [0x80, 0x00, 0x86, 0xDD, 0, 0, 0, 0, .. tcp6])),
            Frames.Ethernet(v4.Wrap(41, tcp6)),
            Frames.Ethernet(Frames.Vxlan(v4, FieldChecksum.Partial, Frames.Ethernet(Frames.Sctp(v4, FieldChecksum.Zero, Frames.Payload(60))))),
            Frames.Ethernet(v4.Wrap(1, [8, 0, 0, 0, 0, 1, 0, 2])),
            Frames.Ethernet(v6.Wrap(58, [128, 0, 0, 0, 0, 1, 0, 2])),
        ];
    }
}
