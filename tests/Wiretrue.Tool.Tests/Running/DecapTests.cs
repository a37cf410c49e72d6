using System.Text.Json;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tool.Tests.Running;

/// <summary><c>wiretrue decap</c> as a user runs it.</summary>
public sealed class DecapTests : IDisposable
{
    private const int Packets = 51; // In samples/vxlan.pcap, all of them in VXLAN.

    private readonly TempFolder _folder = new();
    private readonly string _sample = BuiltCommand.Sample("vxlan.pcap");
    private readonly string _output;

    public DecapTests() => _output = _folder["out.pcap"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_packets_inside_are_written_and_counted()
    {
        ProcessRun run = BuiltCommand.Run("decap", _sample, "-w", _output);
        Answer.IsSuccess(run);
        Assert.Equal(
            $"wiretrue: {_sample} -> {_output}: {Packets} packets in, {Packets} out; {Packets} out of tunnels: {Packets} vxlan",
            Assert.Single(Answer.Lines(run)));
        List<PlainPacket> outer = PlainCapture.Read(_sample), inner = PlainCapture.Read(_output);
        Assert.Equal(outer.Select(packet => (packet.Time, packet.OriginalLength - 50)), inner.Select(packet => (packet.Time, packet.OriginalLength)));
        Assert.Equal(outer.Select(packet => packet.Bytes[50..]), inner.Select(packet => packet.Bytes));
    }

    [Fact]
    public void The_json_has_exactly_the_fields_of_schema_1()
    {
        JsonElement root = Json(BuiltCommand.Run("decap", _sample, "-w", _output, "--json", "-q"));
        Assert.Equal(
            ["schema", "in", "out", "decapsulated", "tunnels", "remoteChecksums", "others"], root.EnumerateObject().Select(each => each.Name));
        Assert.Equal(Packets, root.GetProperty("tunnels").GetProperty("vxlan").GetInt32());
        Assert.Equal(new FileInfo(_output).Length, root.GetProperty("out").GetProperty("bytes").GetInt64());
    }

    [Fact]
    public void Others_are_left_out_with_reasons_or_kept()
    {
        ProcessRun run = BuiltCommand.Run("decap", BuiltCommand.Sample("tcp4.pcap"), "-w", _output, "--json");
        JsonElement other = Assert.Single(Json(run).GetProperty("others").EnumerateArray());
        Assert.Equal(("noTunnel", 62), (other.GetProperty("reason").GetString(), other.GetProperty("count").GetInt32()));
        Assert.EndsWith("0 out; 0 out of tunnels; left out: 62 in no tunnel\n", run.Error, StringComparison.Ordinal);
        Assert.Empty(PlainCapture.Read(_output));

        run = BuiltCommand.Run("decap", BuiltCommand.Sample("tcp4.pcap"), "-w", _output, "-f", "--keep");
        Assert.EndsWith("kept: 62 in no tunnel\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(BuiltCommand.Sample("tcp4.pcap")), File.ReadAllBytes(_output));
    }

    [Fact]
    public void A_network_that_is_not_there_gives_nothing()
    {
        ProcessRun run = BuiltCommand.Run("decap", _sample, "--dry-run", "--vni", "16777215");
        Answer.IsSuccess(run);
        Assert.EndsWith($"-> nothing written: {Packets} packets in, 0 out; 0 out of tunnels; left out: {Packets} in another tunnel\n", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_port_that_is_told_is_looked_behind()
    {
        byte[] inner = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields(), Frames.Payload(20)));
        byte[] frame = Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields { DestinationPort = 7777 }, [8, 0, 0, 0, 0, 0, 5, 0, .. inner]));
        string input = _folder.Write("in.pcap", PlainCapture.WritePcap(1, frame));
        Answer.IsSuccess(BuiltCommand.Run("decap", input, "-w", _output, "--port", "7777=vxlan"));
        Assert.Equal(inner, Assert.Single(PlainCapture.Read(_output)).Bytes);
    }

    [Fact]
    public void It_works_in_a_pipe()
    {
        ProcessRun run = BuiltCommand.RunWith(File.ReadAllBytes(_sample), "decap", "-", "-w", "-");
        Answer.IsSuccess(run);
        Answer.IsSuccess(BuiltCommand.Run("decap", _sample, "-w", _output));
        Assert.Equal(File.ReadAllBytes(_output), run.Output);
        Assert.Contains("standard input -> standard output", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_captures_go_into_a_folder()
    {
        string folder = _folder["made"];
        Answer.IsSuccess(BuiltCommand.Run("decap", _sample, BuiltCommand.Sample("udp4.pcap"), "-o", folder));
        Assert.Equal(["udp4.pcap", "vxlan.pcap"], Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void An_output_that_is_there_or_is_the_input_is_refused()
    {
        File.WriteAllBytes(_output, [1]);
        Answer.IsRefusal(BuiltCommand.Run("decap", _sample, "-w", _output), 2, _output, "-f");
        Answer.IsRefusal(BuiltCommand.Run("decap", _sample, "-w", _sample, "-f"), 2, "the output is the input");
        Answer.IsRefusal(BuiltCommand.Run("decap", _folder["nothing"], "-w", _folder["x"]), 3, "nothing");
        Answer.IsRefusal(BuiltCommand.Run("decap", _sample, "-w", _folder["x"], "--type", "l2tp"), 2, "--type must be one of");
    }

    private static JsonElement Json(ProcessRun run)
    {
        Answer.IsSuccess(run);
        using JsonDocument json = JsonDocument.Parse(run.Text);
        return json.RootElement.Clone();
    }
}
