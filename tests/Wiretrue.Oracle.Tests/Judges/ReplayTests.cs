using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>tcpreplay sends the fixed captures over an interface with an MTU of 1500: what does not fit, the interface refuses.</summary>
[Trait("Category", "Judges")]
[Collection(FixedCorpus.Name)]
public sealed class ReplayTests(FixedCorpus corpus, ITestOutputHelper output)
{
    private const string Interface = "replay-a";

    [ToolFact("tcpreplay", Namespace = true)]
    public void Tcpreplay_sends_every_packet_of_every_fixed_ethernet_capture()
    {
        string ip = Probe.Find("ip")!;
        ProcessRun.Must(ip, "link", "add", Interface, "mtu", "1500", "type", "veth", "peer", "name", "replay-b");
        try
        {
            ProcessRun.Must(ip, "link", "set", Interface, "up");
            ProcessRun.Must(ip, "link", "set", "replay-b", "up");
            var wrong = new List<string>();
            foreach (FixedCapture capture in corpus.Captures.Where(c => PlainCapture.Read(c.Before).TrueForAll(p => p.LinkType == 1)))
            {
                (int before, int sentBefore) = Replay(capture.Before);
                (int after, int sent) = Replay(capture.After);
                output.WriteLine($"{capture.Name}: {before} of {before + sentBefore} failed before, {after} of {after + sent} after");
                // None of these captures holds a frame that truly was larger: what looks like one is explained by an MSS.
                if (after != 0)
                    wrong.Add($"{capture.Name}: {after} packets failed");
            }
            Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        }
        finally
        {
            ProcessRun.Run(ip, "link", "delete", Interface);
        }
    }

    private static (int Failed, int Sent) Replay(string capture)
    {
        ProcessRun run = ProcessRun.Run("tcpreplay", "--topspeed", "-i", Interface, capture);
        // When no packet at all could be sent it prints no figures, only its complaints.
        int failed = Figure(run.Text, "Failed packets:") ?? run.Error.Split('\n').Count(line => line.StartsWith("Unable to send packet", StringComparison.Ordinal));
        int sent = Figure(run.Text, "Successful packets:") ?? 0;
        Assert.True(failed + sent > 0, $"tcpreplay {capture}: exit code {run.ExitCode}: {run.Error}");
        return (failed, sent);
    }

    private static int? Figure(string report, string name) =>
        report.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? int.Parse(line[name.Length..])
            : null;
}
