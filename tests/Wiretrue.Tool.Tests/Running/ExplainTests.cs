using System.Text.Json;
using Wiretrue.Testing;

namespace Wiretrue.Tool.Tests.Running;

public sealed class ExplainTests
{
    [Theory]
    [InlineData("tcp4-hex", "tcp4.pcap", "--frame", "4", "--hex")]
    [InlineData("tcp4-card", "tcp4.pcap", "--frame", "4", "--device", "card")]
    [InlineData("tcp4-set", "tcp4.pcap", "--frame", "4", "--device", "card", "--set", "tx off", "--set", "highdma off")]
    [InlineData("tcp4-mtu", "tcp4.pcap", "--frame", "4", "--mtu", "576")]
    [InlineData("tcp6-hex", "tcp6.pcap", "--frame", "1", "--hex", "--device", "card-ipv4")]
    [InlineData("udp4", "udp4.pcap", "--frame", "1", "--device", "virtio")]
    [InlineData("vxlan-hex", "vxlan.pcap", "--frame", "1", "--hex")]
    [InlineData("vxlan-parsing", "vxlan.pcap", "--frame", "1", "--device", "card-parsing")]
    public void A_packet_of_ours_is_explained(string expected, string sample, params string[] words)
    {
        ProcessRun run = BuiltCommand.Shell("cd $1 && shift && $0 explain \"$@\"", [RepositoryRoot.Combine("samples"), sample, .. words]);
        Answer.IsSuccess(run);
        Assert.Empty(run.Error);
        Golden.Matches($"explain-{expected}.txt", run.Text);
    }

    [Fact]
    public void The_json_has_exactly_the_fields_of_schema_1()
    {
        using JsonDocument json = Json("--frame", "4");
        JsonElement root = json.RootElement;
        HasFields(
            root, "schema", "file", "packet", "linkType", "capturedBytes", "originalBytes", "headers", "found", "asked", "left", "device", "walk", "dropped",
            "frames");
        Assert.Equal(1, root.GetProperty("schema").GetInt32());
        HasFields(root.GetProperty("headers")[0], "kind", "offset", "headerBytes", "bytes");
        HasFields(
            root.GetProperty("asked"), "checksum", "checksumStart", "checksumOffset", "checksumIsCrc32c", "gsoType", "gsoSize", "gsoSegments",
            "segmentBytesFrom", "rewritten");
        HasFields(root.GetProperty("device"), "name", "kind", "mtu", "gsoMaxSize", "gsoMaxSegments", "features", "set", "unmet");
        HasFields(root.GetProperty("walk")[0], "step", "cause", "text", "lost", "needed", "count", "limit");
        HasFields(root.GetProperty("frames")[0], "bytes", "presentBytes", "checksumIs", "checksum");
        Assert.Equal(5, root.GetProperty("frames").GetArrayLength());
    }

    [Fact]
    public void The_json_says_what_the_text_says()
    {
        using JsonDocument json = Json("--frame", "4", "--device", "card", "--set", "tx off");
        JsonElement root = json.RootElement;
        Assert.Equal("ipv4", root.GetProperty("headers")[1].GetProperty("kind").GetString());
        Assert.Equal("""["tcpV4"]""", root.GetProperty("asked").GetProperty("gsoType").GetRawText());
        Assert.Equal("handshake", root.GetProperty("asked").GetProperty("segmentBytesFrom").GetString());
        Assert.Equal("""["tx off"]""", root.GetProperty("device").GetProperty("set").GetRawText());
        Assert.Contains(root.GetProperty("walk").EnumerateArray(), each => each.GetProperty("step").GetString() == "segmented");
        Assert.All(root.GetProperty("frames").EnumerateArray(), each => Assert.Equal("made", each.GetProperty("checksumIs").GetString()));
        Assert.All(root.GetProperty("frames").EnumerateArray(), each => Assert.Equal(1514, each.GetProperty("bytes").GetInt32()));
    }

    [Fact]
    public void With_hex_the_json_has_all_bytes()
    {
        using JsonDocument json = Json("--frame", "4", "--hex");
        JsonElement root = json.RootElement;
        Assert.Equal(2 * root.GetProperty("capturedBytes").GetInt32(), root.GetProperty("bytes").GetString()!.Length);
        Assert.All(
            root.GetProperty("frames").EnumerateArray(),
            each => Assert.Equal(2 * each.GetProperty("presentBytes").GetInt32(), each.GetProperty("hex").GetString()!.Length));
    }

    [Fact]
    public void A_capture_is_read_from_stdin()
    {
        ProcessRun run = BuiltCommand.RunWith(File.ReadAllBytes(BuiltCommand.Sample("tcp4.pcap")), "explain", "--frame", "62", "-");
        Answer.IsSuccess(run);
        Assert.StartsWith("standard input, packet 62: ", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_interface_is_a_device_as_well()
    {
        using JsonDocument json = Json("--frame", "4", "--device", "lo");
        Assert.Equal("interface", json.RootElement.GetProperty("device").GetProperty("kind").GetString());
    }

    [Fact]
    public void A_number_beyond_the_capture_is_the_input_s_fault() =>
        Answer.IsRefusal(BuiltCommand.Run("explain", "--frame", "63", BuiltCommand.Sample("tcp4.pcap")), 3, "no packet 63: the capture has 62");

    [Fact]
    public void An_input_that_is_no_capture_is_refused() =>
        Answer.IsRefusal(BuiltCommand.Run("explain", "--frame", "1", RepositoryRoot.Combine("README.md")), 3, "no capture");

    [Theory]
    [InlineData("no input", "--frame", "1")]
    [InlineData("explain takes one input", "--frame", "1", "a", "b")]
    [InlineData("no packet: give its number by --frame N", "a")]
    [InlineData("--frame must be a number from 1, not '0'", "a", "--frame", "0")]
    [InlineData("--frame must be a number from 1, not '-1'", "a", "--frame=-1")]
    [InlineData("--frame must be a number from 1, not 'x'", "a", "--frame", "x")]
    [InlineData("--device nix: neither an interface of this machine nor one of the models wire, lo, reliable, veth, virtio", "a", "--frame", "1", "--device", "nix")]
    [InlineData("--set \"tx\": 'tx' is neither a feature of ethtool's nor on or off", "a", "--frame", "1", "--set", "tx")]
    [InlineData("--set \"warp on\": 'warp' is neither a feature", "a", "--frame", "1", "--set", "warp on")]
    [InlineData("--mtu must be auto or a number", "a", "--frame", "1", "--mtu", "1")]
    public void A_mistake_is_one_line(string expected, params string[] words) => Answer.IsRefusal(BuiltCommand.Run(["explain", .. words]), 2, expected);

    private static JsonDocument Json(params string[] words)
    {
        ProcessRun run = BuiltCommand.Run(["explain", "--json", BuiltCommand.Sample("tcp4.pcap"), .. words]);
        Answer.IsSuccess(run);
        Assert.Empty(run.Error);
        Assert.Equal(1, run.Text.Count(letter => letter == '\n'));
        return JsonDocument.Parse(run.Text);
    }

    private static void HasFields(JsonElement element, params string[] names) =>
        Assert.Equal(names, element.EnumerateObject().Select(each => each.Name));
}
