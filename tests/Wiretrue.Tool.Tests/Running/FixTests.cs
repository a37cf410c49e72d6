using System.Buffers.Binary;
using System.Text.Json;
using Wiretrue.Testing;

namespace Wiretrue.Tool.Tests.Running;

/// <summary>Each option of <c>wiretrue fix</c>, and what it leaves behind.</summary>
public sealed class FixTests : IDisposable
{
    private const uint PcapMagic = 0xA1B2C3D4;
    private const uint SectionHeader = 0x0A0D0D0A;
    private const int Packets = 62; // In samples/tcp4.pcap, every checksum of which is half-made.

    private readonly TempFolder _folder = new();
    private readonly string _sample = BuiltCommand.Sample("tcp4.pcap");
    private readonly string _output;

    public FixTests() => _output = _folder["out.pcap"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tcp4.pcap")]
    [InlineData("tcp6.pcap")]
    [InlineData("udp4.pcap")]
    [InlineData("vxlan.pcap")]
    public void A_repaired_sample_has_no_artefact_left(string sample)
    {
        Answer.IsSuccess(BuiltCommand.Run("fix", BuiltCommand.Sample(sample), "-w", _output));
        using JsonDocument json = Inspect(_output);
        Assert.Equal(0, json.RootElement.GetProperty("superFrames").GetProperty("count").GetInt32());
        foreach (string place in (string[])["checksums", "inner"])
        {
            foreach (string protocol in (string[])["tcp", "udp"])
            {
                JsonElement counts = json.RootElement.GetProperty(place).GetProperty(protocol);
                Assert.Equal(0, counts.GetProperty("partial").GetInt32());
                Assert.Equal(0, counts.GetProperty("bad").GetInt32());
            }
        }
    }

    [Fact]
    public void Repairing_twice_changes_nothing_the_second_time()
    {
        string again = _folder["again.pcap"];
        Answer.IsSuccess(BuiltCommand.Run("fix", _sample, "-w", _output));
        Answer.IsSuccess(BuiltCommand.Run("fix", _output, "-w", again));
        Assert.Equal(File.ReadAllBytes(_output), File.ReadAllBytes(again));
    }

    [Fact]
    public void The_summary_is_one_line_on_stderr()
    {
        ProcessRun run = BuiltCommand.Run("fix", _sample, "-w", _output);
        Assert.Empty(run.Output);
        string line = Assert.Single(Answer.Lines(run));
        Assert.StartsWith($"wiretrue: {_sample} -> {_output}: {Packets} packets in, ", line, StringComparison.Ordinal);
        Assert.Contains("checksums completed", line, StringComparison.Ordinal);
        Assert.Contains("super-frames cut into", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_says_nothing() => Assert.Empty(BuiltCommand.Run("fix", _sample, "-w", _output, "-q").Error);

    [Fact]
    public void Verbose_says_more() => Assert.Equal(2, Answer.Lines(BuiltCommand.Run("fix", _sample, "-w", _output, "-v")).Length);

    [Fact]
    public void The_json_has_exactly_the_fields_of_schema_1()
    {
        JsonElement root = Json(BuiltCommand.Run("fix", _sample, "-w", _output, "--json", "-q"));
        Assert.Equal(["schema", "in", "out", "completed", "segmented", "untouched", "left"], root.EnumerateObject().Select(each => each.Name));
        Assert.Equal(["packets", "bytes"], root.GetProperty("in").EnumerateObject().Select(each => each.Name));
        Assert.Equal(["packets", "bytes"], root.GetProperty("out").EnumerateObject().Select(each => each.Name));
        Assert.Equal(["superFrames", "segments"], root.GetProperty("segmented").EnumerateObject().Select(each => each.Name));
        Assert.Equal(1, root.GetProperty("schema").GetInt32());
        Assert.Equal(JsonValueKind.Array, root.GetProperty("left").ValueKind);
    }

    [Fact]
    public void The_numbers_of_the_report_add_up()
    {
        JsonElement root = Json(BuiltCommand.Run("fix", _sample, "-w", _output, "--json"));
        long superFrames = root.GetProperty("segmented").GetProperty("superFrames").GetInt64();
        long segments = root.GetProperty("segmented").GetProperty("segments").GetInt64();
        Assert.Equal(Packets, root.GetProperty("in").GetProperty("packets").GetInt64());
        Assert.Equal(new FileInfo(_sample).Length, root.GetProperty("in").GetProperty("bytes").GetInt64());
        Assert.Equal(new FileInfo(_output).Length, root.GetProperty("out").GetProperty("bytes").GetInt64());
        Assert.Equal(Packets - superFrames + segments, root.GetProperty("out").GetProperty("packets").GetInt64());
        Assert.Equal(
            Packets, superFrames + root.GetProperty("completed").GetInt64() + root.GetProperty("untouched").GetInt64());
        using JsonDocument inspected = Inspect(_output);
        Assert.Equal(root.GetProperty("out").GetProperty("packets").GetInt64(), inspected.RootElement.GetProperty("packets").GetInt64());
    }

    [Fact]
    public void A_dry_run_reports_the_same_and_writes_nothing()
    {
        JsonElement dry = Json(BuiltCommand.Run("fix", _sample, "-w", _output, "--dry-run", "--json"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        JsonElement real = Json(BuiltCommand.Run("fix", _sample, "-w", _output, "--json"));
        Assert.Equal(real.ToString(), dry.ToString());
    }

    [Fact]
    public void Checksums_only_leaves_super_frames_whole()
    {
        JsonElement root = Json(BuiltCommand.Run("fix", _sample, "-w", _output, "--json", "--checksums-only"));
        Assert.Equal(0, root.GetProperty("segmented").GetProperty("superFrames").GetInt32());
        Assert.Equal(Packets, root.GetProperty("completed").GetInt32());
        Assert.Equal(new FileInfo(_sample).Length, new FileInfo(_output).Length);
    }

    [Fact]
    public void Segments_only_leaves_the_checksums_of_other_packets()
    {
        JsonElement root = Json(BuiltCommand.Run("fix", _sample, "-w", _output, "--json", "--segments-only"));
        Assert.Equal(0, root.GetProperty("completed").GetInt32());
        Assert.True(root.GetProperty("segmented").GetProperty("superFrames").GetInt32() > 0);
        using JsonDocument inspected = Inspect(_output);
        Assert.Equal(
            root.GetProperty("untouched").GetInt32(),
            inspected.RootElement.GetProperty("checksums").GetProperty("tcp").GetProperty("partial").GetInt32());
    }

    [Fact]
    public void A_smaller_mtu_gives_smaller_frames()
    {
        Answer.IsSuccess(BuiltCommand.Run("fix", _sample, "-w", _output, "--mtu", "576"));
        Assert.Equal(576 + 14, LongestRecord(_output));
    }

    [Fact]
    public void The_segment_size_of_the_SYN_is_kept_when_the_mtu_is_larger()
    {
        Answer.IsSuccess(BuiltCommand.Run("fix", _sample, "-w", _output, "--mtu", "9000"));
        Assert.Equal(1500 + 14, LongestRecord(_output));
    }

    [Fact]
    public void The_container_is_the_inputs_unless_another_is_asked_for()
    {
        string ng = _folder["a.pcapng"], back = _folder["b.pcap"];
        Answer.IsSuccess(BuiltCommand.Run("fix", _sample, "-w", _output));
        Answer.IsSuccess(BuiltCommand.Run("fix", _sample, "-w", ng, "-F", "pcapng"));
        Answer.IsSuccess(BuiltCommand.Run("fix", ng, "-w", back, "-F", "pcap"));
        Assert.Equal(PcapMagic, Magic(_output));
        Assert.Equal(SectionHeader, Magic(ng));
        Assert.Equal(PcapMagic, Magic(back));
        Assert.Equal(PacketsOf(_output), PacketsOf(back));
    }

    [Fact]
    public void Annotations_stand_in_the_changed_packets()
    {
        string plain = _folder["plain.pcapng"], annotated = _folder["annotated.pcapng"];
        Answer.IsSuccess(BuiltCommand.Run("fix", _sample, "-w", plain, "-F", "pcapng"));
        ProcessRun run = BuiltCommand.Run("fix", _sample, "-w", annotated, "-F", "pcapng", "--annotate", "--json");
        Answer.IsSuccess(run);
        Assert.Equal(Json(run).GetProperty("out").GetProperty("packets").GetInt32(), Occurrences(annotated, "wiretrue: "));
        Assert.Equal(0, Occurrences(plain, "wiretrue: "));
    }

    [Fact]
    public void Annotations_in_a_pcap_are_refused_with_a_warning()
    {
        ProcessRun run = BuiltCommand.Run("fix", _sample, "-w", _output, "--annotate", "-q");
        Answer.IsSuccess(run);
        Assert.Contains("--annotate needs -F pcapng", Assert.Single(Answer.Lines(run)), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_captures_go_into_a_folder_that_is_made_for_them()
    {
        string folder = _folder["made/for/them"];
        Answer.IsSuccess(BuiltCommand.Run("fix", _sample, BuiltCommand.Sample("udp4.pcap"), "-o", folder));
        Assert.Equal(["tcp4.pcap", "udp4.pcap"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Corruption_is_left_and_counted_unless_all_is_asked_for()
    {
        Answer.IsSuccess(BuiltCommand.Run("fix", _sample, "-w", _output));
        byte[] corrupt = File.ReadAllBytes(_output);
        corrupt[^1] ^= 0x55;
        string bad = _folder.Write("bad.pcap", corrupt), left = _folder["left.pcap"], mended = _folder["mended.pcap"];

        ProcessRun run = BuiltCommand.Run("fix", bad, "-w", left, "--json");
        JsonElement reason = Assert.Single(Json(run).GetProperty("left").EnumerateArray());
        Assert.Equal("bad", reason.GetProperty("reason").GetString());
        Assert.Equal(1, reason.GetProperty("count").GetInt32());
        Assert.Contains("left alone: 1 bad", run.Error, StringComparison.Ordinal);
        Assert.Equal(corrupt, File.ReadAllBytes(left));

        Assert.Equal(1, Json(BuiltCommand.Run("fix", bad, "-w", mended, "--json", "--all")).GetProperty("completed").GetInt32());
        using JsonDocument inspected = Inspect(mended);
        Assert.Equal(0, inspected.RootElement.GetProperty("checksums").GetProperty("tcp").GetProperty("bad").GetInt32());
    }

    [Fact]
    public void A_cut_tail_keeps_all_whole_records()
    {
        string cut = _folder.Write("cut.pcap", File.ReadAllBytes(_sample).AsSpan(..^5));
        Assert.Equal(Packets - 1, Json(BuiltCommand.Run("fix", cut, "-w", _output, "--json")).GetProperty("in").GetProperty("packets").GetInt32());
        Assert.Equal(3, BuiltCommand.Run("fix", cut, "-w", _folder["strict.pcap"], "--strict").ExitCode);
    }

    private static JsonDocument Inspect(string path)
    {
        ProcessRun run = BuiltCommand.Run("inspect", "--json", path);
        Answer.IsSuccess(run);
        return JsonDocument.Parse(run.Text);
    }

    private static JsonElement Json(ProcessRun run)
    {
        Answer.IsSuccess(run);
        using JsonDocument json = JsonDocument.Parse(run.Text);
        return json.RootElement.Clone();
    }

    private static int PacketsOf(string path)
    {
        using JsonDocument json = Inspect(path);
        return json.RootElement.GetProperty("packets").GetInt32();
    }

    private static uint Magic(string path)
    {
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(File.ReadAllBytes(path));
        return magic;
    }

    private static int Occurrences(string path, string word) => File.ReadAllText(path, System.Text.Encoding.Latin1).Split(word).Length - 1;

    // A pcap's records: 16 bytes of header, the captured length at 8.
    private static int LongestRecord(string path)
    {
        byte[] capture = File.ReadAllBytes(path);
        int longest = 0;
        for (int at = 24; at < capture.Length;)
        {
            int captured = BinaryPrimitives.ReadInt32LittleEndian(capture.AsSpan(at + 8));
            longest = Math.Max(longest, captured);
            at += 16 + captured;
        }

        return longest;
    }
}
