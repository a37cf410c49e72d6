using Wiretrue.Testing;

namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>tshark with every checksum validation on.</summary>
public static class Tshark
{
    private static readonly string[] Options =
    [
        "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-o", "sctp.checksum:crc-32c",
        // Port 8472 is VXLAN's as well, in older Linux; tshark takes it for something else.
        "-d", "udp.port==8472,vxlan",
        // FOU, on the ports that built frames have it on.
        "-d", "udp.port==5504,ip", "-d", "udp.port==5541,ipv6", "-d", "udp.port==5547,gre",
    ];

    // Fragments pass as they are: what they carry is not all in the frame. Nor is what an ICMP error quotes.
    private const string WholePackets =
        "!icmp.type in {3,4,5,11,12} && !icmpv6.type in {1..4} && !(ip.flags.mf == 1) && !(ip.frag_offset > 0)"
        + " && !(ipv6.fraghdr.more == 1) && !(ipv6.fraghdr.offset > 0)";

    private static readonly string[] Apart = ["-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE", "-Y", WholePackets];

    private static readonly string[] Joined = ["-o", "ip.defragment:TRUE", "-o", "ipv6.defragment:TRUE"];

    private static readonly string[] Fields =
        ["ip.checksum.status", "tcp.checksum.status", "udp.checksum.status", "sctp.checksum.status", "gre.checksum.status"];

    /// <summary>
    /// How many headers of a capture it finds wrong, by protocol: <c>ip</c>, <c>tcp</c>, <c>udp</c>, <c>sctp</c>, <c>gre</c>; those in fragments
    /// and in what ICMP errors quote are not counted.
    /// </summary>
    public static Dictionary<string, int> BadChecksums(string capture)
    {
        Dictionary<(string, ChecksumStatus), int> counts = Statuses(capture, Apart);
        return Fields.Select(Protocol).ToDictionary(p => p, p => counts.GetValueOrDefault((p, ChecksumStatus.Bad)), StringComparer.Ordinal);
    }

    /// <summary>
    /// What it says of every header of a capture of built frames, fragments put together: how many there are of each protocol and status. What
    /// ports 40000 to 40002 carry is taken for data, whatever it looks like.
    /// </summary>
    public static Dictionary<(string Protocol, ChecksumStatus Status), int> ChecksumStatuses(string capture) => Statuses(
        capture, [.. Joined, .. BuiltPorts.SelectMany(port => (string[])["-d", $"tcp.port=={port},data", "-d", $"udp.port=={port},data"])]);

    /// <summary>What one side of a capture's first TCP connection said, as it puts the segments together.</summary>
    public static byte[] FollowFirstStream(string capture)
    {
        string[] lines = Read(["-n", "-r", capture, .. Options, "-q", "-z", "follow,tcp,raw,0"]);
        // Six lines of heading, one of ending; each other is a segment's payload as hexadecimal digits.
        return [.. lines.Where(line => line.Length > 0 && line.All(char.IsAsciiHexDigit)).SelectMany(Convert.FromHexString)];
    }

    private static readonly int[] BuiltPorts = [40000, 40001, 40002];

    private static Dictionary<(string, ChecksumStatus), int> Statuses(string capture, string[] more)
    {
        // One occurrence is printed per header, outermost first.
        string[] arguments =
        [
            "-n", "-r", capture, .. Options, .. more,
            "-T", "fields", "-E", "occurrence=a", "-E", "aggregator=,", .. Fields.SelectMany(f => (string[])["-e", f]),
        ];
        var counts = new Dictionary<(string, ChecksumStatus), int>();
        foreach (string line in Read(arguments))
        {
            string[] cells = line.Split('\t');
            for (int i = 0; i < cells.Length; i++)
            {
                foreach (string status in cells[i].Split(',', StringSplitOptions.RemoveEmptyEntries))
                {
                    var key = (Protocol(Fields[i]), (ChecksumStatus)int.Parse(status));
                    counts[key] = counts.GetValueOrDefault(key) + 1;
                }
            }
        }
        return counts;
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
