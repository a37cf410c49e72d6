using System.Text.Json;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>Every capture of the corpus and every sample after <c>fix</c>, judged by tshark and by plain code.</summary>
[Trait("Category", "Judges")]
[Collection(FixedCorpus.Name)]
public sealed class RepairTests(FixedCorpus corpus, ITestOutputHelper output)
{
    // A header that is none of these after a repair was made wrong by it.
    private static readonly string[] MayStayBad = ["bad", "rewritten", "rewrittenPartial", "unverifiable"];

    // What a repair changes, as the manifest's columns count it: a capture with none of it is clean.
    private static readonly string[] Artefacts =
    [
        "ip4_zero", "ip4_len0", "ip6_len0", "tcp_partial", "tcp_partial0", "tcp_zero", "tcp_super_good", "tcp_super_partial",
        "tcp_super_partial0", "tcp_super_zero", "udp_partial", "sctp_zero", "i_tcp_partial", "i_udp_partial",
    ];

    [ToolFact("tshark")]
    public void Tshark_finds_no_bad_checksum_but_those_that_inspect_counts()
    {
        var wrong = new List<string>();
        foreach (FixedCapture capture in corpus.Captures)
        {
            JsonElement checksums = capture.Inspected.GetProperty("checksums");
            JsonElement inner = capture.Inspected.GetProperty("inner");
            Dictionary<string, int> bad = Tshark.BadChecksums(capture.After);
            Check("ip", FixedCapture.Count(checksums, "ipv4", "bad"));
            Check("tcp", Sum(checksums.GetProperty("tcp"), MayStayBad) + Sum(inner.GetProperty("tcp"), MayStayBad));
            Check("udp", Sum(checksums.GetProperty("udp"), MayStayBad) + Sum(inner.GetProperty("udp"), MayStayBad));
            Check("sctp", Sum(checksums.GetProperty("sctp"), "adler32", "bad", "unverifiable"));

            void Check(string protocol, long allowed)
            {
                if (bad[protocol] > allowed)
                    wrong.Add($"{capture.Name}: {bad[protocol]} bad {protocol} checksums, {allowed} may be");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void No_super_frame_is_left()
    {
        var wrong = new List<string>();
        foreach (FixedCapture capture in corpus.Captures)
        {
            // One whose checksum is wrong passes as it is: nothing proves that its bytes are what was sent.
            long left = FixedCapture.Count(capture.InspectedAfter, "superFrames", "count");
            long corrupt = FixedCapture.Count(capture.Inspected, "superFrames", "bad");
            if (left > corrupt)
                wrong.Add($"{capture.Name}: {left} super-frames, {corrupt} may stay");
            if (corrupt == 0)
                wrong.AddRange(LargerThanAnnounced(PlainCapture.Read(capture.After)).Select(packet => $"{capture.Name}: {packet}"));
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_stream_carries_the_same_bytes_as_before()
    {
        var wrong = new List<string>();
        long bytes = 0;
        int flows = 0;
        foreach (FixedCapture capture in corpus.Captures)
        {
            var before = PlainStreams.Of(PlainCapture.Read(capture.Before));
            if (PlainStreams.Difference(before, PlainStreams.Of(PlainCapture.Read(capture.After))) is { } difference)
                wrong.Add($"{capture.Name}: {difference}");
            bytes += before.TotalBytes;
            flows += before.Count;
        }
        output.WriteLine($"{flows} flows, {bytes} bytes");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [CorpusFact]
    public void A_clean_capture_comes_out_identical()
    {
        List<FixedCapture> clean = [.. corpus.Captures.Where(c => Corpus.Manifest.TryGetValue(c.Name, out ManifestRow? row) && IsClean(row))];
        Assert.True(clean.Count >= 8, $"only {clean.Count} captures are clean");
        string[] changed = [.. clean.Where(c => !SameBytes(c.Before, c.After)).Select(c => c.Name)];
        Assert.True(changed.Length == 0, string.Join('\n', changed));
    }

    [Fact]
    public void Fixing_twice_changes_nothing_the_second_time()
    {
        var changed = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.ForEach(corpus.Captures, capture =>
        {
            string twice = corpus.Scratch($"twice-{capture.Name}");
            WiretrueCommand.Fix(capture.After, twice);
            if (!SameBytes(capture.After, twice))
                changed.Add(capture.Name);
        });
        Assert.True(changed.IsEmpty, string.Join('\n', changed));
    }

    [CorpusFact]
    public void Captures_of_foreign_link_types_come_out_identical()
    {
        // 802.11 with radiotap, and Ethernet behind a virtio-net header (link type 147): nothing says what the first byte is.
        string[] foreign =
        [
            Corpus.PathOf("packetnet__80211_plus_radiotap_header.pcap"),
            .. Corpus.OwnCaptures.Select(Truth.PathFor).OfType<string>(),
        ];
        foreach (string capture in foreign)
        {
            string after = corpus.Scratch($"foreign-{Path.GetFileName(capture)}");
            WiretrueCommand.Fix(capture, after);
            Assert.True(SameBytes(capture, after), capture);
        }
    }

    private static bool IsClean(ManifestRow row) => Artefacts.All(column => row[column] == 0);

    private static bool SameBytes(string a, string b) => File.ReadAllBytes(a).AsSpan().SequenceEqual(File.ReadAllBytes(b));

    private static long Sum(JsonElement counts, params string[] names) =>
        names.Sum(name => counts.TryGetProperty(name, out JsonElement count) ? count.GetInt64() : 0);

    /// <summary>TCP payloads above the MSS that the other side announced.</summary>
    private static IEnumerable<string> LargerThanAnnounced(List<PlainPacket> packets)
    {
        var announced = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < packets.Count; i++)
        {
            if (PlainWalk.Innermost(packets[i]) is not { IsTcp: true } tcp)
                continue;
            if (tcp.Mss != 0)
                announced[tcp.Reverse] = tcp.Mss;
            else if (announced.TryGetValue(tcp.Flow, out int mss) && tcp.PayloadLength > mss)
                yield return $"packet {i + 1}: {tcp.PayloadLength} bytes, and the MSS is {mss}";
        }
    }
}
