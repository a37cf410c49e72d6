using System.Text;
using System.Text.RegularExpressions;
using Wiretrue.Testing;
using Wiretrue.Tool.Tests.Running;

namespace Wiretrue.Tool.Tests.Readme;

/// <summary>What the README shows is what happens. WIRETRUE_ACCEPT=1 writes its examples anew.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = RepositoryRoot.Combine("README.md");

    [Fact]
    public void The_repair_is_shown_as_it_happens() => IsShown("fix", "text", Session(
        "./wiretrue fix samples/tcp4.pcap -w wire.pcapng",
        "./wiretrue fix wire.pcapng -w again.pcapng",
        "cmp wire.pcapng again.pcapng && echo the same"));

    [Fact]
    public void The_counts_are_shown_as_they_are() => IsShown("inspect", "text", Session("./wiretrue inspect samples/tcp4.pcap"));

    [Fact]
    public void The_way_of_a_packet_is_shown_as_it_is() => IsShown("explain", "text", Session("./wiretrue explain samples/tcp4.pcap --frame 4 --device card-ipv4"));

    [Fact]
    public void The_merge_and_the_way_back_are_shown_as_they_happen() => IsShown("merge", "text", Session(
        "./wiretrue fix samples/tcp4.pcap -w wire.pcap -q",
        "./wiretrue merge wire.pcap -w merged.pcapng",
        "./wiretrue fix merged.pcapng -w frames.pcapng"));

    [Fact]
    public void The_ways_out_of_a_tunnel_and_into_another_are_shown_as_they_are() => IsShown("tunnels", "text", Session(
        "./wiretrue decap samples/vxlan.pcap -w inside.pcap",
        "./wiretrue encap geneve --vni 7 --local 192.0.2.1 --remote 192.0.2.2 inside.pcap -w outside.pcap",
        "./wiretrue decap outside.pcap -w again.pcap",
        "cmp inside.pcap again.pcap && echo the same"));

    [Fact]
    public void The_code_shown_is_code_that_is_tested()
    {
        IsShown("library", "csharp", $"{Marked("complete")}\n{Marked("cut")}");
        IsShown("tunnel", "csharp", Marked("tunnel"));
    }

    [Fact]
    public void Both_commands_are_in_it()
    {
        string text = File.ReadAllText(Readme);
        Assert.Contains("\n    ./wiretrue fix samples/tcp4.pcap -w wire.pcapng\n    ./test\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_links_to_is_there()
    {
        foreach (Match link in Link().Matches(File.ReadAllText(Readme)))
        {
            Assert.True(Path.Exists(RepositoryRoot.Combine(link.Groups["path"].Value)), link.Value);
        }
    }

    // Runs each line in a folder that looks like the repository's root, and shows the line and all that it says.
    private static string Session(params string[] lines)
    {
        using var folder = new TempFolder();
        var shown = new StringBuilder();
        foreach (string line in lines)
        {
            ProcessRun run = BuiltCommand.Shell(
                $"cd $1 && ln -sfn $2 samples && ln -sf $0 wiretrue && exec 2>&1 && {line}", folder.Path, RepositoryRoot.Combine("samples"));
            Answer.IsSuccess(run);
            shown.Append($"$ {line}\n{run.Text}");
        }

        return shown.ToString();
    }

    private static string Marked(string name)
    {
        string source = File.ReadAllText(RepositoryRoot.Combine("tests", "Wiretrue.Tool.Tests", "Readme", "LibraryExamples.cs"));
        int start = source.IndexOf($"// begin: {name}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, name);
        start = source.IndexOf('\n', start) + 1;
        int end = source.IndexOf("        // end\n", start, StringComparison.Ordinal);
        string[] lines = source[start..end].Split('\n');
        return string.Join('\n', lines.Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line));
    }

    private static void IsShown(string name, string language, string content)
    {
        string block = $"<!-- example: {name} -->\n```{language}\n{content.TrimEnd('\n')}\n```\n<!-- end -->";
        string text = File.ReadAllText(Readme);
        var pattern = new Regex($"<!-- example: {name} -->\n.*?<!-- end -->", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        Match found = pattern.Match(text);
        Assert.True(found.Success, $"README.md has no example {name}");
        if (Environment.GetEnvironmentVariable("WIRETRUE_ACCEPT") == "1")
        {
            File.WriteAllText(Readme, text.Replace(found.Value, block, StringComparison.Ordinal));
            return;
        }

        Assert.Equal(block, found.Value);
    }

    [GeneratedRegex(@"\]\((?<path>[a-zA-Z./_-]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Link();
}
