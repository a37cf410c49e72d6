using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>What <c>decap</c> takes out of captures of tunnels is what tshark shows inside them; what <c>encap</c> puts in, tshark sees.</summary>
[Trait("Category", "Judges")]
public sealed class DecapsulationTests
{
    // Of each field tshark prints all occurrences, outermost first.
    private static readonly string[] Fields =
    [
        "frame.time_epoch", "eth.dst", "eth.src", "vlan.id", "ip.src", "ip.dst", "ip.id", "ip.ttl", "ip.len", "ip.proto", "ipv6.src", "ipv6.dst", "ipv6.plen",
        "tcp.srcport", "tcp.seq_raw", "tcp.ack_raw", "tcp.flags", "tcp.len", "tcp.checksum", "udp.dstport", "udp.length", "udp.checksum", "icmp.seq", "arp.dst.proto_ipv4",
    ];

    // tshark does not look behind a UDP length of 0, as BIG TCP in VXLAN has it.
    public static TheoryData<string, string> Captures => new()
    {
        { "nDPI__vxlan.pcap", "vxlan" }, { "tcpdump__gso-ipv4-vxlan-ipv4.pcap", "vxlan" }, { "tcpdump__gso-ipv6-geneve-ipv6.pcap", "geneve" },
        { "zeek__geneve-tagged-udp-packet.pcap", "geneve" }, { "zeek__erspan.pcap", "gre" },
        { "own/vxlan_tcp4_veth.pcap", "vxlan" },
    };

    [CorpusTheory]
    [MemberData(nameof(Captures))]
    public void What_comes_out_is_what_tshark_shows_inside(string name, string tunnel)
    {
        if (Probe.Find("tshark") is null)
            return;
        using var folder = new TempFolder();
        string capture = Corpus.PathOf(name), inside = folder["inside.pcap"];
        Must("decap", capture, "-w", inside, "-q");
        // Fragments of the outer packet hold no whole frame, and tshark is to look at each for itself.
        string[][] outer = Read(capture, $"{tunnel} && !(ip.flags.mf == 1) && !(ip.frag_offset > 0)"), inner = Read(inside, "frame");
        Assert.NotEmpty(inner);
        Assert.Equal(outer.Length, inner.Length);
        for (int i = 0; i < inner.Length; i++)
        {
            for (int field = 0; field < Fields.Length; field++)
            {
                string[] shown = outer[i][field].Split(',', StringSplitOptions.RemoveEmptyEntries), left = inner[i][field].Split(',', StringSplitOptions.RemoveEmptyEntries);
                Assert.True(shown.Length >= left.Length && shown.AsSpan()[^left.Length..].SequenceEqual(left), $"{name}, packet {i + 1}, {Fields[field]}: {outer[i][field]} and {inner[i][field]}");
            }
            Assert.NotEqual("", inner[i][Array.IndexOf(Fields, "eth.dst")]);
        }
    }

    [ToolFact("tshark")]
    public void Tshark_sees_the_tunnel_and_every_checksum_right()
    {
        using var folder = new TempFolder();
        string wire = folder["wire.pcap"], tunnel = folder["tunnel.pcap"];
        WiretrueCommand.Fix(RepositoryRoot.Combine("samples", "tcp4.pcap"), wire);
        string[] ends4 = ["--local", "192.0.2.1", "--remote", "192.0.2.2"], ends6 = ["--local", "2001:db8::1", "--remote", "2001:db8::2"];
        (string Protocol, string[] Words)[] tunnels =
        [
            ("vxlan", ["vxlan", "--vni", "7", .. ends4]), ("vxlan", ["vxlan", "--vni", "7", .. ends6]), ("geneve", ["geneve", "--vni", "7", .. ends6]),
            ("gre", ["gretap", "--key", "7", "--checksum", .. ends4]), ("gre", ["gre", "--sequence", .. ends6]), ("erspan", ["erspan2", .. ends4]),
            ("erspan", ["erspan3", "--session", "9", .. ends4]), ("ip", ["ipip", .. ends4]), ("ipv6", ["ip6tnl", .. ends6]), ("mpls", ["mpls-udp", "--label", "99", .. ends4]),
        ];
        foreach ((string protocol, string[] words) in tunnels)
        {
            Must(["encap", .. words, wire, "-w", tunnel, "-f", "-q"]);
            Assert.Equal(248, Read(tunnel, $"{protocol} && tcp").Length);
            Assert.Equal((words[0], 0), (words[0], Tshark.BadChecksums(tunnel).Values.Sum()));
        }
    }

    private static string[][] Read(string capture, string filter)
    {
        ProcessRun run = ProcessRun.Run(
            "tshark", ["-n", "-r", capture, "-o", "ip.defragment:FALSE", "-Y", filter, "-T", "fields", "-E", "occurrence=a", "-E", "aggregator=,", .. Fields.SelectMany(field => (string[])["-e", field])]);
        Assert.True(run.ExitCode is 0 or 2 && !run.TimedOut, run.Error);
        return [.. run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
    }

    private static void Must(params string[] words)
    {
        ProcessRun run = WiretrueCommand.Run(words);
        Assert.True(run.ExitCode == 0, run.Error);
    }
}
