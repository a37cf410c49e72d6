using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>Our own samples, of which it is known how they were recorded: what <c>fix</c> makes of them.</summary>
[Trait("Category", "Judges")]
[Collection(FixedCorpus.Name)]
public sealed class SampleTests(FixedCorpus corpus)
{
    /// <summary>What a segment carries: the MTU of 1500 less the headers, or what the program asked for.</summary>
    private static readonly Dictionary<string, int> SegmentSizes = new(StringComparer.Ordinal)
    {
        ["tcp4.pcap"] = 1500 - 20 - 32,
        ["tcp6.pcap"] = 1500 - 40 - 32,
        ["udp4.pcap"] = 1400,
        ["vxlan.pcap"] = 1500 - 20 - 8 - 8 - 14 - 20 - 32,
    };

    [Fact]
    public void Super_frames_are_cut_by_the_size_that_the_sender_used()
    {
        foreach ((string name, List<CutPacket> cuts) in Cuts())
        {
            var superFrames = cuts.Where(c => c.Header.GsoSize != 0).ToList();
            Assert.NotEmpty(superFrames);
            Assert.All(superFrames, c => Assert.Equal((name, c.Number, SegmentSizes[name]), (name, c.Number, c.SegmentSize)));
        }
    }

    [RootTapFact]
    public void The_frames_are_what_the_kernel_cuts_from_the_same_super_frames()
    {
        using var pair = TapPair.Create("samples");
        foreach ((string name, List<CutPacket> cuts) in Cuts())
        {
            foreach (CutPacket cut in cuts)
                cut.Judge(pair, name);
        }
    }

    private IEnumerable<(string Name, List<CutPacket> Cuts)> Cuts()
    {
        foreach ((string name, int size) in SegmentSizes)
        {
            FixedCapture capture = corpus.Captures.Single(c => c.Before == RepositoryRoot.Combine("samples", name));
            yield return (name, CutPacket.Align(PlainCapture.Read(capture.Before), PlainCapture.Read(capture.After), p => Owed(p, size)));
        }
    }

    // All that these senders sent left its checksum to the card.
    private static VnetHeader? Owed(PlainPacket packet, int size)
    {
        if (PlainWalk.Innermost(packet) is not { } transport || (!transport.IsTcp && transport.Flow.Contains(">4789", StringComparison.Ordinal)))
            return null;
        bool isGso = transport.PayloadLength > size;
        bool ipv4 = packet.Bytes[transport.IPOffset] >> 4 == 4;
        // A single datagram needs no card when the sender's stack does its sum; a zero or a good field says so.
        if (!transport.IsTcp && !isGso)
            return null;
        var header = new VnetHeader
        {
            Flags = VnetHeader.NeedsChecksum,
            GsoType = !isGso ? VnetHeader.GsoNone : !transport.IsTcp ? VnetHeader.GsoUdpL4 : ipv4 ? VnetHeader.GsoTcpV4 : VnetHeader.GsoTcpV6,
            GsoSize = (ushort)(isGso ? size : 0),
            ChecksumStart = (ushort)transport.Offset,
            ChecksumOffset = (ushort)(transport.IsTcp ? 16 : 6),
        };
        return Truth.InTunnel(header, packet);
    }
}
