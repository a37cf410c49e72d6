using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>The judge must see what it judges.</summary>
[Trait("Category", "Judges")]
public sealed class PlainWalkTests
{
    // The manifest counts the first fragment of a datagram and a header cut short as transports, and what GRE carries as inner ones only.
    private static readonly Dictionary<string, (int Tcp, int Udp)> Explained = new(StringComparer.Ordinal)
    {
        ["zeek__erspan.pcap"] = (90, 48),
        ["zeek__dns-edns-ecs.pcap"] = (0, -4),
        ["ndpi-4.2__fuzz-2006-06-26-2594.pcap"] = (-1, -1),
    };

    [CorpusFact]
    public void It_finds_as_many_tcp_and_udp_headers_as_the_manifest_counts()
    {
        foreach (ManifestRow row in Corpus.Manifest.Values.Where(r => r.Format != "snoop"))
        {
            List<PlainPacket> packets = PlainCapture.Read(Corpus.PathOf(row.File));
            Assert.Equal(row.Packets, packets.Count);
            var found = packets.Select(PlainWalk.Transports).Where(t => t.Count > 0).ToList();
            (int tcp, int udp) = Explained.GetValueOrDefault(row.File);
            Assert.Equal((row, row["tcp"] + tcp), (row, found.Count(t => t[0].IsTcp)));
            Assert.Equal((row, row["udp"] + udp), (row, found.Count(t => !t[0].IsTcp)));
        }
    }

    [Fact]
    public void It_sees_the_payload_of_a_tagged_and_tunnelled_segment()
    {
        byte[] payload = Frames.Payload(100);
        byte[] inner = Frames.Ethernet(Frames.Tcp(new IPv6Fields(), new TcpFields { Options = TcpFields.Timestamps, Sequence = 7 }, payload));
        byte[] frame = Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Good, inner), (0x8100, 5));

        IReadOnlyList<PlainTransport> found = PlainWalk.Transports(new PlainPacket(1, 0, (uint)frame.Length, 0, frame));

        Assert.Equal([false, true], found.Select(t => t.IsTcp));
        Assert.Equal(7U, found[1].Sequence);
        Assert.Equal(payload, found[1].Payload.ToArray());
    }

    [Fact]
    public void Streams_are_the_same_however_they_are_cut_and_differ_when_a_byte_does()
    {
        byte[] payload = Frames.Payload(3000);
        PlainPacket Segment(uint sequence, byte[] bytes)
        {
            byte[] frame = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Sequence = sequence }, bytes));
            return new PlainPacket(1, 0, (uint)frame.Length, 0, frame);
        }
        var whole = PlainStreams.Of([Segment(1, payload), Segment(9000, payload)]);
        var cut = PlainStreams.Of([Segment(1, payload[..1448]), Segment(1449, payload[1448..]), Segment(9000, payload)]);
        Assert.Null(PlainStreams.Difference(whole, cut));
        Assert.Equal(6000, cut.TotalBytes);

        byte[] other = [.. payload];
        other[2000] ^= 1;
        Assert.NotNull(PlainStreams.Difference(whole, PlainStreams.Of([Segment(1, other), Segment(9000, payload)])));
        Assert.NotNull(PlainStreams.Difference(whole, PlainStreams.Of([Segment(1, payload[..1448]), Segment(9000, payload)])));
        Assert.NotNull(PlainStreams.Difference(PlainStreams.Of([Segment(1, payload)]), whole));
    }
}
