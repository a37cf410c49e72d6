using Wiretrue.Testing;

namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>tshark with every checksum validation on.</summary>
public static class Tshark
{
    private static readonly string[] Options =
    [
        "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-o", "sctp.checksum:crc-32c",
        "-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE",
        // Port 8472 is VXLAN's as well, in older Linux; tshark takes it for something else.
        "-d", "udp.port==8472,vxlan",
    ];

    // Fragments pass as they are: what they carry is not all in the frame. Nor is what an ICMP error quotes.
    private const string WholePackets =
        "!icmp.type in {3,4,5,11,12} && !icmpv6.type in {1..4} && !(ip.flags.mf == 1) && !(ip.frag_offset > 0)"
        + " && !(ipv6.fraghdr.more == 1) && !(ipv6.fraghdr.offset > 0)";

    private static readonly string[] Fields = ["ip.checksum.status", "tcp.checksum.status", "udp.checksum.status", "sctp.checksum.status"];

    /// <summary>
    /// How many headers of a capture it finds wrong, by protocol: <c>ip</c>, <c>tcp</c>, <c>udp</c>, <c>sctp</c>; those in fragments and in what
    /// ICMP errors quote are not counted.
    /// </summary>
    public static Dictionary<string, int> BadChecksums(string capture)
    {
        // Status 0 is "bad". One occurrence is printed per header, outermost first.
        string[] arguments =
        [
            "-n", "-r", capture, .. Options, "-Y", WholePackets,
            "-T", "fields", "-E", "occurrence=a", "-E", "aggregator=,", .. Fields.SelectMany(f => (string[])["-e", f]),
        ];
        var bad = Fields.ToDictionary(Protocol, _ => 0, StringComparer.Ordinal);
        foreach (string line in Read(arguments))
        {
            string[] cells = line.Split('\t');
            for (int i = 0; i < cells.Length; i++)
                bad[Protocol(Fields[i])] += cells[i].Split(',').Count(status => status == "0");
        }
        return bad;
    }

    private static string Protocol(string field) => field[..field.IndexOf('.', StringComparison.Ordinal)];

    // tshark exits with 2 for a capture whose last packet is cut short, after it has printed all others.
    private static string[] Read(string[] arguments)
    {
        ProcessRun run = ProcessRun.Run("tshark", arguments);
        Assert.True(run.ExitCode is 0 or 2 && !run.TimedOut, $"tshark: exit code {run.ExitCode}: {run.Error}");
        return run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
