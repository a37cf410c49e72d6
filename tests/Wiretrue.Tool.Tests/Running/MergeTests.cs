using System.Text.Json;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;

namespace Wiretrue.Tool.Tests.Running;

/// <summary><c>wiretrue merge</c> and <c>wiretrue encap</c> as a user runs them.</summary>
public sealed class MergeTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _wire;
    private readonly string _merged;

    public MergeTests()
    {
        _wire = _folder["wire.pcap"];
        _merged = _folder["merged.pcapng"];
        Answer.IsSuccess(BuiltCommand.Run("fix", BuiltCommand.Sample("tcp4.pcap"), "-w", _wire));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_merged_is_given_back_by_fix()
    {
        string back = _folder["back.pcapng"];
        ProcessRun run = BuiltCommand.Run("merge", _wire, "-w", _merged, "--flush-after", "1s");
        Answer.IsSuccess(run);
        string line = Assert.Single(Answer.Lines(run));
        Assert.StartsWith($"wiretrue: {_wire} -> {_merged}: 248 packets in, ", line, StringComparison.Ordinal);
        Assert.Contains(" frames merged into ", line, StringComparison.Ordinal);
        Assert.True(PlainCapture.Read(_merged).Count < 120);

        Answer.IsSuccess(BuiltCommand.Run("fix", _merged, "-w", back));
        Assert.Equal(Sorted(_wire), Sorted(back));
    }

    [Fact]
    public void The_json_has_exactly_the_fields_of_schema_1()
    {
        JsonElement root = Json(BuiltCommand.Run("merge", _wire, "-w", _merged, "--json"));
        Assert.Equal(["schema", "in", "out", "merged", "untouched", "irreversible", "lostComments"], root.EnumerateObject().Select(each => each.Name));
        JsonElement merged = root.GetProperty("merged");
        Assert.Equal(["superFrames", "frames"], merged.EnumerateObject().Select(each => each.Name));
        Assert.Equal(248, merged.GetProperty("frames").GetInt32() + root.GetProperty("untouched").GetInt32());
        Assert.Equal(PlainCapture.Read(_merged).Count, root.GetProperty("out").GetProperty("packets").GetInt32());
    }

    [Fact]
    public void A_pcap_is_written_with_a_warning_where_it_is_asked_for()
    {
        ProcessRun run = BuiltCommand.Run("merge", _wire, "-w", _merged, "-F", "pcap");
        Answer.IsSuccess(run);
        Assert.Contains("warning: ", Answer.Lines(run)[0], StringComparison.Ordinal);
        Assert.Contains("fix can only infer it", Answer.Lines(run)[0], StringComparison.Ordinal);
        Assert.Equal(0xD4, File.ReadAllBytes(_merged)[0]);
    }

    [Fact]
    public void What_goes_into_a_tunnel_comes_out_of_it()
    {
        string tunnel = _folder["tunnel.pcap"], back = _folder["back.pcap"];
        ProcessRun run = BuiltCommand.Run("encap", "vxlan", _wire, "-w", tunnel, "--vni", "7", "--local", "2001:db8::1", "--remote", "2001:db8::2", "--rco");
        Answer.IsSuccess(run);
        Assert.Contains("248 packets in, 248 out; 248 into the tunnel, 248 checksums left to the receiver\n", run.Error, StringComparison.Ordinal);
        Answer.IsSuccess(BuiltCommand.Run("decap", tunnel, "-w", back, "--vni", "7"));
        Assert.Equal(File.ReadAllBytes(_wire), File.ReadAllBytes(back));
    }

    [Fact]
    public void An_encapsulation_is_reported_as_json()
    {
        JsonElement root = Json(BuiltCommand.Run("encap", "sit", _wire, "--dry-run", "--json", "--local", "192.0.2.1", "--remote", "192.0.2.2"));
        Assert.Equal(["schema", "in", "out", "encapsulated", "remoteChecksums", "others"], root.EnumerateObject().Select(each => each.Name));
        JsonElement other = Assert.Single(root.GetProperty("others").EnumerateArray());
        Assert.Equal(("noPacket", 248), (other.GetProperty("reason").GetString(), other.GetProperty("count").GetInt32()));
    }

    [Fact]
    public void A_tunnel_that_cannot_be_is_refused()
    {
        Answer.IsRefusal(BuiltCommand.Run("encap", "vxlan", _wire, "-w", _merged, "--local", "192.0.2.1", "--remote", "192.0.2.2"), 2, "vxlan needs --vni");
        Answer.IsRefusal(BuiltCommand.Run("encap", _wire, "-w", _merged), 2, "is no type");
        Answer.IsRefusal(BuiltCommand.Run("merge", _wire, "-w", _wire, "-f"), 2, "the output is the input");
        Assert.False(File.Exists(_merged));
    }

    private static List<string> Sorted(string path) => [.. PlainCapture.Read(path).Select(packet => Convert.ToHexString(packet.Bytes)).Order(StringComparer.Ordinal)];

    private static JsonElement Json(ProcessRun run)
    {
        Answer.IsSuccess(run);
        using JsonDocument json = JsonDocument.Parse(run.Text);
        return json.RootElement.Clone();
    }
}
