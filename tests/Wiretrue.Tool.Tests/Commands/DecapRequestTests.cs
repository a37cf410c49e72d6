using System.CommandLine;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Tunnelling;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Commands;

namespace Wiretrue.Tool.Tests.Commands;

public sealed class DecapRequestTests
{
    [Fact]
    public void By_default_the_outermost_tunnel_of_any_kind_is_taken_off()
    {
        DecapRequest request = Accepted("in", "-w", "out");
        Assert.Equal(new DecapsulationOptions(), request.Options);
        Assert.Equal(new OutputFile("in", "out"), Assert.Single(request.Output.Files));
    }

    [Fact]
    public void Options_become_what_is_taken_off()
    {
        DecapsulationOptions options = Accepted(
            "in", "-w", "out", "-t", "vxlan", "--type", "gretap", "--vni", "0x123", "--key", "4294967295", "--session", "9", "--levels", "3", "--keep",
            "-F", "pcapng").Options;
        Assert.Equal(TunnelKind.Vxlan | TunnelKind.GreTap, options.Kinds);
        Assert.Equal((0x123, uint.MaxValue, 9, 3), (options.NetworkIdentifier, options.Key, options.Session, options.Levels));
        Assert.True(options.KeepOthers);
        Assert.Equal(CaptureFormat.PcapNg, options.OutputFormat);
    }

    [Fact]
    public void All_is_as_many_as_there_are() => Assert.Equal(int.MaxValue, Accepted("in", "-w", "out", "--all").Options.Levels);

    [Fact]
    public void Ports_are_told() => Assert.NotNull(Accepted("in", "-w", "out", "--port", "8472=vxlan", "--port", "5555=fou-ipv4").Options.Ports);

    [Theory]
    [InlineData("--levels and --all exclude each other", "a", "-w", "b", "--levels", "2", "--all")]
    [InlineData("--vni must be a number from 0 to 16777215, not '16777216'", "a", "-w", "b", "--vni", "16777216")]
    [InlineData("--key must be a number from 0 to 4294967295, not '0x100000000'", "a", "-w", "b", "--key", "0x100000000")]
    [InlineData("--session must be a number from 0 to 1023, not '-1'", "a", "-w", "b", "--session=-1")]
    [InlineData("--levels must be a number from 1 to 24, not '0'", "a", "-w", "b", "--levels", "0")]
    [InlineData("--port must be a number from 1 to 65535, not '0'", "a", "-w", "b", "--port", "0=vxlan")]
    [InlineData("no output: give -w OUT or -o DIR, or --dry-run to write nothing", "a")]
    public void Contradictions_are_refused_in_one_line(string expected, params string[] words)
    {
        Assert.False(DecapRequest.TryCreate(Parse(words), out _, out string? error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("--type must be one of vxlan, vxlan-gpe,", "--type", "l2tp")]
    [InlineData("--port must be N=TYPE, TYPE one of vxlan,", "--port", "8472")]
    [InlineData("--port must be N=TYPE, TYPE one of vxlan,", "--port", "8472=gre")]
    public void Unknown_words_are_answered_with_those_that_are_known(string expected, params string[] words)
    {
        Assert.False(DecapRequest.TryCreate(Parse(["a", "-w", "b", .. words]), out _, out string? error));
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
        Assert.EndsWith($", not '{words[^1]}'", error, StringComparison.Ordinal);
    }

    private static ParseResult Parse(string[] words) => new DecapCommand().Parse(words, Application.Configuration);

    private static DecapRequest Accepted(params string[] words)
    {
        ParseResult parsed = Parse(words);
        Assert.Null(UsageError.Of(parsed, words));
        Assert.True(DecapRequest.TryCreate(parsed, out DecapRequest? request, out string? error), error);
        return request;
    }
}
