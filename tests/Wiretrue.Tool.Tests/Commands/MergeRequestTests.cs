using System.CommandLine;
using Wiretrue.Captures.Coalescing;
using Wiretrue.Captures.Formats;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Commands;

namespace Wiretrue.Tool.Tests.Commands;

public sealed class MergeRequestTests
{
    [Fact]
    public void By_default_a_frame_waits_a_millisecond_and_the_output_is_pcapng()
    {
        MergeOptions options = Accepted("in", "-w", "out").Options;
        Assert.Equal(new MergeOptions(), options);
        Assert.Equal((TimeSpan.FromMilliseconds(1), CaptureFormat.PcapNg, 65_536), (options.FlushAfter, options.OutputFormat, options.MaxSize));
    }

    [Fact]
    public void Options_become_what_is_merged()
    {
        MergeOptions options = Accepted("in", "-w", "out", "--max-size", "200000", "--flush-after", "50us", "--udp", "--outbound", "-F", "pcap").Options;
        Assert.Equal((200_000, TimeSpan.FromMicroseconds(50), CaptureFormat.Pcap), (options.MaxSize, options.FlushAfter, options.OutputFormat));
        Assert.True(options.Udp && options.Outbound);
    }

    [Theory]
    [InlineData("--max-size must be a number from 1 to 524280, not '524281'", "a", "-w", "b", "--max-size", "524281")]
    [InlineData("--flush-after must be a time such as 50us, 1ms or 0.5s, not '50'", "a", "-w", "b", "--flush-after", "50")]
    [InlineData("no output: give -w OUT or -o DIR, or --dry-run to write nothing", "a")]
    public void Contradictions_are_refused_in_one_line(string expected, params string[] words)
    {
        ParseResult parsed = new MergeCommand().Parse(words, Application.Configuration);
        Assert.False(MergeRequest.TryCreate(parsed, out _, out string? error));
        Assert.Equal(expected, error);
    }

    private static MergeRequest Accepted(params string[] words)
    {
        ParseResult parsed = new MergeCommand().Parse(words, Application.Configuration);
        Assert.Null(UsageError.Of(parsed, words));
        Assert.True(MergeRequest.TryCreate(parsed, out MergeRequest? request, out string? error), error);
        return request;
    }
}
