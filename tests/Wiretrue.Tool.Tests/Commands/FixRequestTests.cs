using System.CommandLine;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Commands;

namespace Wiretrue.Tool.Tests.Commands;

public sealed class FixRequestTests
{
    [Fact]
    public void By_default_only_proven_artefacts_are_mended_and_all_of_them()
    {
        FixRequest request = Accepted("in.pcap", "-w", "out.pcap");
        Assert.Equal(new OutputFile("in.pcap", "out.pcap"), Assert.Single(request.Output.Files));
        Assert.True(request.Repair.Checksums);
        Assert.True(request.Repair.Segments);
        Assert.Equal(RepairPolicy.ProvenOnly, request.Repair.Policy);
        Assert.Equal(0, request.Repair.Mtu);
        Assert.Null(request.Repair.OutputFormat);
        Assert.False(request.Repair.Annotate || request.Output.Force || request.Output.Strict || request.Output.Json);
    }

    [Fact]
    public void Each_input_keeps_its_name_in_the_folder()
    {
        FixRequest request = Accepted("a/x.pcap", "-r", "b/y.pcapng", "-o", "out");
        Assert.Equal([new OutputFile("b/y.pcapng", "out/y.pcapng"), new OutputFile("a/x.pcap", "out/x.pcap")], request.Output.Files);
        Assert.Equal("out", request.Output.Directory);
    }

    [Fact]
    public void A_dry_run_writes_nowhere()
    {
        FixRequest request = Accepted("a.pcap", "--dry-run", "-o", "out");
        Assert.Equal(new OutputFile("a.pcap", null), Assert.Single(request.Output.Files));
        Assert.Null(request.Output.Directory);
    }

    [Fact]
    public void Options_become_what_the_repair_may_do()
    {
        FixRequest request = Accepted(
            "a", "-w", "b", "--mtu", "9000", "--checksums-only", "--rewritten", "--annotate", "-F", "pcapng", "-f", "--strict", "--json", "-U");
        Assert.Equal(9000, request.Repair.Mtu);
        Assert.False(request.Repair.Segments);
        Assert.Equal(RepairPolicy.Rewritten, request.Repair.Policy);
        Assert.Equal(CaptureFormat.PcapNg, request.Repair.OutputFormat);
        Assert.True(request.Repair.Annotate && request.Output.Force && request.Output.Strict && request.Output.Json && request.Immediate);
    }

    [Fact]
    public void All_is_more_than_rewritten() => Assert.Equal(RepairPolicy.All, Accepted("a", "-w", "b", "--all", "--rewritten").Repair.Policy);

    [Fact]
    public void Segments_only_leaves_checksums() => Assert.False(Accepted("a", "-w", "b", "--segments-only", "-F", "pcap").Repair.Checksums);

    [Theory]
    [InlineData("no input: name a capture, or - for stdin", "-w", "b")]
    [InlineData("no output: give -w OUT or -o DIR, or --dry-run to write nothing", "a")]
    [InlineData("-w and -o exclude each other", "a", "-w", "b", "-o", "c")]
    [InlineData("-w takes one input; for several give -o DIR", "a", "b", "-w", "c")]
    [InlineData("stdin (-) can be read only once", "-", "-r", "-", "--dry-run")]
    [InlineData("stdin has no name to write under: give -w OUT instead of -o DIR", "-", "-o", "c")]
    [InlineData("two inputs are named x, and would be one file in out", "a/x", "b/x", "-o", "out")]
    [InlineData("--checksums-only and --segments-only exclude each other", "a", "-w", "b", "--checksums-only", "--segments-only")]
    [InlineData("--json and -w - both want stdout", "a", "-w", "-", "--json")]
    [InlineData("--mtu must be auto or a number from 68 to 65535, not '67'", "a", "-w", "b", "--mtu", "67")]
    [InlineData("--mtu must be auto or a number from 68 to 65535, not '65536'", "a", "-w", "b", "--mtu", "65536")]
    [InlineData("--mtu must be auto or a number from 68 to 65535, not '-1500'", "a", "-w", "b", "--mtu=-1500")]
    [InlineData("--mtu must be auto or a number from 68 to 65535, not '1e3'", "a", "-w", "b", "--mtu", "1e3")]
    public void Contradictions_are_refused_in_one_line(string expected, params string[] words)
    {
        ParseResult parsed = new FixCommand().Parse(words, Application.Configuration);
        Assert.False(FixRequest.TryCreate(parsed, out _, out string? error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("68", 68)]
    [InlineData("65535", 65535)]
    [InlineData("auto", 0)]
    public void The_mtu_is_a_number_or_auto(string value, int expected) => Assert.Equal(expected, Accepted("a", "-w", "b", "--mtu", value).Repair.Mtu);

    private static FixRequest Accepted(params string[] words)
    {
        ParseResult parsed = new FixCommand().Parse(words, Application.Configuration);
        Assert.Null(UsageError.Of(parsed, words));
        Assert.True(FixRequest.TryCreate(parsed, out FixRequest? request, out string? error), error);
        return request;
    }
}
