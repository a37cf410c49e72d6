using System.Text;
using Wiretrue.Captures.Diagnosis;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Captures.Tests.Diagnosis;

/// <summary>
/// The counts over the shared captures, held against those of the independent classifier that made their manifest. Where we differ, the
/// difference is in <see cref="Explained"/>, with the packets and the reason why we are right.
/// </summary>
public sealed class ManifestTests
{
    private const string InTunnel = "packet 1 is in a tunnel, where the manifest does not count super-frames";

    /// <summary>What we count, less what the manifest counts.</summary>
    private static readonly Dictionary<(string File, string Count), (long Difference, string Why)> Explained = new()
    {
        [("nDPI__1kxun.pcap", "superFrames.partial")] = (2,
            "packets 1314 and 1321 carry 1459 and 1456 bytes, not above the manifest's 1460, but with 12 bytes of options"
            + " their IP packets have 1511 and 1508: no Ethernet frame. The flow's full segments have 1440"),
        [("gopacket__test_loopback.pcap", "superFrames.partial")] = (-4,
            "packets 3 to 6, of up to 16312 bytes, went over a BSD loopback, whose MTU is 16384: large, but one frame each"),
        [("PcapPlusPlus__pcapng-example.pcapng", "superFrames.partial")] = (1,
            "packet 74 carries 2896 bytes, twice 1448, and the identification moves on by 2 over it; the manifest leaves out snapped ones"),
        [("tcpdump__bigtcp-ipv6-vxlan-ipv4.pcap", "superFrames.partial")] = (1, InTunnel),
        [("tcpdump__gso-ipv4-vxlan-ipv4.pcap", "superFrames.partial")] = (1, InTunnel),
        [("tcpdump__gso-ipv6-geneve-ipv6.pcap", "superFrames.partial")] = (1, InTunnel),
        [("PcapFlowLab__ipv6_quic_constricted_1.pcap", "superFrames.partial")] = (2,
            "packets 7 and 13 are UDP super-datagrams of 4357 and 3755 bytes, which the manifest has in a column apart (udp_gt1472)"),
        [("tcpreplay__test__test.pcap", "ipv4.good")] = (10,
            "ten Ethernet frames lie in MPLS pseudowires (tagged mpls-pw? in the manifest), and their IPv4 headers verify"),
        [("tcpreplay__test__test.pcap", "icmp.good")] = (10, "the same ten carry ICMP, and it verifies"),
        [("tcpreplay__test__test.pcap", "icmp.unverifiable")] = (1,
            "packet 11 has an IP length beyond its frame; the manifest has no column for ICMP that cannot be verified"),
        [("ndpi-4.2__fuzz-2006-06-26-2594.pcap", "udp.rewrittenPartial")] = (-26,
            "bit flips in the payloads of queries that were sent again: the copies hold equal fields, and so are off from the pseudo-header"
            + " sum by as much (packets 247, 249, 255, 257, 259, 265 and 266, all 0x999c). No two with different fields are off alike, as"
            + " rewritten ones would be"),
        [("ndpi-4.2__fuzz-2006-06-26-2594.pcap", "udp.bad")] = (26, "the same 26"),
    };

    [CorpusFact]
    public void Every_count_equals_the_manifests_or_is_explained()
    {
        var wrong = new StringBuilder();
        var unused = Explained.Keys.ToHashSet();
        foreach (ManifestRow row in Corpus.Manifest.Values.Where(r => r.Format != "snoop"))
        {
            InspectReport report = Inspect(row.File);
            foreach ((string count, long ours, long theirs) in Compare(report, row))
            {
                unused.Remove((row.File, count));
                long expected = theirs + Explained.GetValueOrDefault((row.File, count)).Difference;
                if (ours != expected)
                    wrong.AppendLine($"{row.File} {count}: {ours}, the manifest has {theirs}");
            }
        }
        Assert.True(wrong.Length == 0, wrong.ToString());
        Assert.Empty(unused);
    }

    [CorpusFact]
    public void Windows_of_any_size_give_the_same_counts()
    {
        foreach (ManifestRow row in Corpus.Manifest.Values.Where(r => r.Format != "snoop" && r["bytes"] < 300_000))
        {
            // Whether a frame is a super-frame may show only by what comes after it, which is not looked for beyond the window.
            Assert.Equal(
                Compare(Inspect(row.File), row).Where(c => !c.Count.StartsWith("superFrames", StringComparison.Ordinal)),
                Compare(Inspect(row.File, 3000), row).Where(c => !c.Count.StartsWith("superFrames", StringComparison.Ordinal)));
        }
    }

    [CorpusFact]
    public void A_snoop_file_is_refused() =>
        Assert.Throws<CaptureFormatException>(() => Inspect("PcapPlusPlus__solaris.snoop"));

    private static InspectReport Inspect(string file, int windowSize = CaptureReader.DefaultWindowSize)
    {
        using CaptureReader reader = CaptureReader.Open(Corpus.PathOf(file), windowSize);
        return CaptureInspector.Inspect(reader, new InferenceOptions());
    }

    private static IEnumerable<(string Count, long Ours, long Theirs)> Compare(InspectReport report, ManifestRow row) =>
    [
        ("packets", report.Packets, row["pkts"]),
        ("bytes", report.Bytes, row["bytes"]),
        ("truncated", report.Truncated, row["truncated"]),
        ("malformed", report.Malformed, row["malformed"]),
        ("fragments", report.Fragments, row["frag"]),
        ("lengthZero.ipv4", report.IPv4LengthZero, row["ip4_len0"]),
        ("lengthZero.ipv6", report.IPv6LengthZero, row["ip6_len0"]),
        ("ipv4.good", report.IPv4Good, row["ip4_good"]),
        ("ipv4.zero", report.IPv4Zero, row["ip4_zero"]),
        ("ipv4.bad", report.IPv4Bad, row["ip4_bad"]),
        ("tcp.good", report.Tcp.Good, row["tcp_good"]),
        ("tcp.partial", report.Tcp.Partial, row["tcp_partial"] + row["tcp_ptrunc"]),
        ("tcp.partialNoLength", report.Tcp.PartialNoLength, row["tcp_partial0"]),
        ("tcp.zero", report.Tcp.Zero, row["tcp_zero"]),
        ("tcp.rewritten", report.Tcp.Rewritten, row["tcp_bad_shift"]),
        ("tcp.rewrittenPartial", report.Tcp.RewrittenPartial, row["tcp_bad_pshift"]),
        ("tcp.bad", report.Tcp.Bad, row["tcp_bad"] - row["tcp_bad_shift"] - row["tcp_bad_pshift"]),
        ("tcp.unverifiable", report.Tcp.Unverifiable, row["tcp_trunc"]),
        ("udp.good", report.Udp.Good, row["udp_good"]),
        ("udp.partial", report.Udp.Partial, row["udp_partial"] + row["udp_ptrunc"]),
        ("udp.partialNoLength", report.Udp.PartialNoLength, 0),
        ("udp.absent", report.Udp.Absent + report.Udp.Zero, row["udp_zero"]),
        ("udp.rewritten", report.Udp.Rewritten, row["udp_bad_shift"]),
        ("udp.rewrittenPartial", report.Udp.RewrittenPartial, row["udp_bad_pshift"]),
        ("udp.bad", report.Udp.Bad, row["udp_bad"] - row["udp_bad_shift"] - row["udp_bad_pshift"]),
        ("udp.unverifiable", report.Udp.Unverifiable, row["udp_trunc"]),
        ("icmp.good", report.Icmp.Good + report.IcmpV6.Good, row["icmp_good"]),
        ("icmp.bad", report.Icmp.Bad + report.IcmpV6.Bad, row["icmp_bad"]),
        ("icmp.unverifiable", report.Icmp.Unverifiable + report.IcmpV6.Unverifiable, 0),
        ("sctp.good", report.Sctp.Good, row["sctp_crc"]),
        ("sctp.adler32", report.Sctp.Adler32, row["sctp_adler"]),
        ("sctp.zero", report.Sctp.Zero, row["sctp_zero"]),
        ("sctp.bad", report.Sctp.Bad + report.Sctp.Unverifiable, row["sctp_bad"]),
        ("inner.tcp.good", report.InnerTcp.Good, row["i_tcp_good"]),
        ("inner.tcp.partial", report.InnerTcp.Partial, row["i_tcp_partial"]),
        ("inner.tcp.bad", report.InnerTcp.Bad, row["i_tcp_bad"]),
        ("inner.udp.good", report.InnerUdp.Good, row["i_udp_good"]),
        ("inner.udp.partial", report.InnerUdp.Partial, row["i_udp_partial"]),
        ("inner.udp.bad", report.InnerUdp.Bad, row["i_udp_bad"]),
        ("inner.other", Others(report.InnerTcp) + Others(report.InnerUdp), 0),
        ("superFrames.partial", report.SuperFrames.Partial, row["tcp_super_partial"]),
        ("superFrames.partialNoLength", report.SuperFrames.PartialNoLength, row["tcp_super_partial0"]),
        ("superFrames.zero", report.SuperFrames.Zero, row["tcp_super_zero"]),
        ("superFrames.good", report.SuperFrames.Good, row["tcp_super_good"]),
        ("superFrames.bad", report.SuperFrames.Bad, row["tcp_super_bad"]),
    ];

    private static long Others(ChecksumCounts counts) =>
        counts.PartialNoLength + counts.Zero + counts.Rewritten + counts.RewrittenPartial + counts.Unverifiable + counts.Absent;
}
