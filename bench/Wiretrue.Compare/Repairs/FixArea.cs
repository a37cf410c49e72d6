namespace Wiretrue.Compare.Repairs;

/// <summary>
/// <c>wiretrue fix</c> as a whole process, from exec to exit, beside <c>cat</c> (what a copy costs) and <c>tcprewrite --fixcsum</c> (what is used today), on
/// captures of 400 MB that the page cache holds.
/// </summary>
internal sealed class FixArea : IArea
{
    private const long Size = 400_000_000;
    private const double MemoryGoalMegabytes = 100;

    public string Name => "fix";

    public IEnumerable<Row> Run()
    {
        string folder = Directory.CreateTempSubdirectory("wiretrue-compare-").FullName;
        try
        {
            var tool = BuiltTool.Locate();
            string output = Path.Combine(folder, "out.pcap");

            string superFrames = Path.Combine(folder, "super-frames.pcap");
            RepeatedCapture.Write(superFrames, tool.Sample, Size);
            foreach (Row row in Rows("super-frames", tool, superFrames, output))
                yield return row;
            File.Delete(superFrames);

            // The frames that the sample's super-frames stand for: 1514 bytes each, every checksum good.
            string cut = Path.Combine(folder, "cut.pcap");
            tool.Fix(tool.Sample, cut).Seconds();
            string frames = Path.Combine(folder, "frames.pcap");
            RepeatedCapture.Write(frames, cut, Size);
            foreach (Row row in Rows("1514-byte frames", tool, frames, output))
                yield return row;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<Row> Rows(string kind, BuiltTool tool, string input, string output)
    {
        ProcessWork ours = tool.Fix(input, output);
        var cat = new ProcessWork("sh", ["-c", "exec cat \"$0\" > \"$1\"", input, output], output);
        var tcprewrite = new ProcessWork("tcprewrite", ["--fixcsum", "-i", input, "-o", output], output);

        // Once unmeasured: the input and the programs into the page cache. What is measured instead is the memory.
        double megabytes = ours.PeakMegabytes();
        cat.Seconds();
        yield return Compare(kind, ours, cat, "cat", goal: 1.0);
        if (tcprewrite.IsInstalled)
            yield return Compare(kind, ours, tcprewrite, "tcprewrite", goal: null);
        else
            Console.Error.WriteLine("compare: tcprewrite is not installed; its rows are left out");
        yield return new Row(
            $"fix: {kind}, peak memory",
            $"{megabytes:0} MB",
            $"limit {MemoryGoalMegabytes:0} MB",
            megabytes / MemoryGoalMegabytes,
            1.0);
    }

    private static Row Compare(string kind, ProcessWork ours, ProcessWork peer, string name, double? goal)
    {
        Pairs pairs = Pairs.Run(ours.Seconds, peer.Seconds);
        return new Row($"fix: {kind}, 400 MB", $"{pairs.Ours * 1000:0} ms", $"{name} {pairs.Peer * 1000:0} ms", pairs.Ratio, goal);
    }
}
