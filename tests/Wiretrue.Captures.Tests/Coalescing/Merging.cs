using Wiretrue.Captures.Coalescing;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Tests.Repair;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;

namespace Wiretrue.Captures.Tests.Coalescing;

/// <summary>Runs captures through a whole merge, and back through a whole repair.</summary>
internal static class Merging
{
    public static MergeOptions Patient { get; } = new() { FlushAfter = TimeSpan.FromHours(1) };

    public static (MergeReport Report, byte[] Output) Run(byte[] capture, MergeOptions? options = null, int windowSize = CaptureReader.DefaultWindowSize)
    {
        using var folder = new TempFolder();
        string input = folder.Write("in", capture);
        using CaptureReader reader = CaptureReader.Open(input, windowSize);
        using CaptureOutput output = CaptureOutput.Create(folder["out"], new CaptureOutputOptions { Input = input });
        MergeReport report = CaptureMerge.Run(reader, output, options ?? Patient);
        output.Complete();
        byte[] bytes = File.ReadAllBytes(folder["out"]);
        Assert.Equal(bytes.Length, report.OutBytes);
        Assert.Equal(PlainCapture.Read(bytes).Count, report.OutPackets);
        Assert.Equal(report.InPackets, report.Merged + report.Untouched);
        return (report, bytes);
    }

    /// <summary>Merges, cuts again, and fails unless each frame is back, in the order of its flow.</summary>
    public static MergeReport ThereAndBack(byte[] capture, MergeOptions? options = null, int windowSize = CaptureReader.DefaultWindowSize)
    {
        (MergeReport report, byte[] merged) = Run(capture, options, windowSize);
        List<PlainPacket> before = PlainCapture.Read(capture), after = PlainCapture.Read(Repairing.Run(merged).Output);
        Assert.Equal(before.Count, after.Count);
        Dictionary<string, List<string>> expected = Flows(before), actual = Flows(after);
        foreach ((string flow, List<string> frames) in expected)
            Assert.Equal(frames, actual[flow]);
        return report;
    }

    // What has no transport is a flow of its own kind: whatever its addresses are, its order must stay too.
    private static Dictionary<string, List<string>> Flows(List<PlainPacket> packets)
    {
        var flows = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (PlainPacket packet in packets)
        {
            string flow = PlainWalk.Innermost(packet) is { } transport
                ? $"{packet.Interface} {transport.Flow}" : $"{packet.Interface} other";
            if (!flows.TryGetValue(flow, out List<string>? frames))
                flows[flow] = frames = [];
            frames.Add(Convert.ToHexString(packet.Bytes));
        }
        return flows;
    }
}
