using System.Text.Json;
using Wiretrue.Testing;

namespace Wiretrue.Tool.Tests.Running;

public sealed class InspectTests
{
    private static readonly string[] Transport = ["good", "partial", "partialNoLength", "zero", "rewritten", "rewrittenPartial", "bad", "unverifiable"];

    [Fact]
    public void The_json_has_exactly_the_fields_of_schema_1()
    {
        using JsonDocument json = Json(BuiltCommand.Sample("tcp4.pcap"));
        JsonElement root = json.RootElement;
        HasFields(
            root, "schema", "file", "format", "compression", "packets", "bytes", "truncated", "malformed", "checksums", "inner", "superFrames",
            "lengthZero", "fragments");
        Assert.Equal(1, root.GetProperty("schema").GetInt32());
        JsonElement checksums = root.GetProperty("checksums");
        HasFields(checksums, "ipv4", "tcp", "udp", "sctp", "icmp", "icmpv6");
        HasFields(checksums.GetProperty("ipv4"), "good", "zero", "bad");
        HasFields(checksums.GetProperty("tcp"), Transport);
        HasFields(checksums.GetProperty("udp"), [.. Transport, "absent"]);
        HasFields(checksums.GetProperty("sctp"), "good", "zero", "adler32", "bad", "unverifiable");
        HasFields(checksums.GetProperty("icmp"), "good", "bad", "unverifiable");
        HasFields(checksums.GetProperty("icmpv6"), "good", "bad", "unverifiable");
        HasFields(root.GetProperty("inner"), "tcp", "udp");
        HasFields(root.GetProperty("inner").GetProperty("tcp"), Transport);
        HasFields(root.GetProperty("inner").GetProperty("udp"), [.. Transport, "absent"]);
        HasFields(root.GetProperty("superFrames"), "count", "partial", "partialNoLength", "zero", "good", "bad", "largestBytes");
        HasFields(root.GetProperty("lengthZero"), "ipv4", "ipv6");
    }

    [Fact]
    public void The_sample_is_counted()
    {
        string sample = BuiltCommand.Sample("tcp4.pcap");
        using JsonDocument json = Json(sample);
        JsonElement root = json.RootElement;
        Assert.Equal(sample, root.GetProperty("file").GetString());
        Assert.Equal("pcap", root.GetProperty("format").GetString());
        Assert.Equal("none", root.GetProperty("compression").GetString());
        Assert.Equal(new FileInfo(sample).Length, root.GetProperty("bytes").GetInt64());
        long packets = root.GetProperty("packets").GetInt64();
        JsonElement tcp = root.GetProperty("checksums").GetProperty("tcp");
        Assert.Equal(62, packets);
        Assert.Equal(packets, tcp.GetProperty("partial").GetInt64());
        Assert.Equal(packets, root.GetProperty("checksums").GetProperty("ipv4").GetProperty("good").GetInt64());
        Assert.True(root.GetProperty("superFrames").GetProperty("count").GetInt64() > 10);
    }

    [Fact]
    public void Several_inputs_give_a_line_each()
    {
        ProcessRun run = BuiltCommand.Run("inspect", "--json", BuiltCommand.Sample("tcp4.pcap"), "-r", BuiltCommand.Sample("udp4.pcap"));
        Answer.IsSuccess(run);
        string[] lines = run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public void Plain_text_names_what_is_there_and_leaves_out_what_is_not()
    {
        ProcessRun run = BuiltCommand.Run("inspect", BuiltCommand.Sample("tcp4.pcap"));
        Answer.IsSuccess(run);
        Assert.Contains("62 packets", run.Text, StringComparison.Ordinal);
        Assert.Contains("super-frames: ", run.Text, StringComparison.Ordinal);
        Assert.Contains("partial", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("UDP", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("adler32", run.Text, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void A_capture_is_read_from_stdin()
    {
        ProcessRun run = BuiltCommand.RunWith(File.ReadAllBytes(BuiltCommand.Sample("tcp4.pcap")), "inspect", "--json", "-");
        Answer.IsSuccess(run);
        Assert.Contains("\"packets\":62", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_adds_the_rate()
    {
        ProcessRun run = BuiltCommand.Run("inspect", "-v", BuiltCommand.Sample("tcp4.pcap"));
        Answer.IsSuccess(run);
        Assert.Matches(@"^wiretrue: .*tcp4\.pcap: pcap: 305124 bytes in \d+\.\d+ s, \d+ MB/s\n$", run.Error);
    }

    [Fact]
    public void One_input_that_fails_leaves_the_others_their_turn()
    {
        ProcessRun run = BuiltCommand.Run("inspect", "--json", "/does/not/exist", BuiltCommand.Sample("tcp4.pcap"));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("/does/not/exist", Assert.Single(Answer.Lines(run)), StringComparison.Ordinal);
        Assert.Contains("\"packets\":62", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_pipe_is_met_with_silence()
    {
        ProcessRun run = BuiltCommand.Shell("(trap '' PIPE; $0 inspect $1; echo $? >&2) | true", BuiltCommand.Sample("tcp4.pcap"));
        Assert.Contains(run.Error.Trim(), (string[])["0", "141"]);
    }

    private static JsonDocument Json(string input)
    {
        ProcessRun run = BuiltCommand.Run("inspect", "--json", input);
        Answer.IsSuccess(run);
        Assert.Empty(run.Error);
        return JsonDocument.Parse(run.Text);
    }

    private static void HasFields(JsonElement element, params string[] names) =>
        Assert.Equal(names, element.EnumerateObject().Select(each => each.Name));
}
