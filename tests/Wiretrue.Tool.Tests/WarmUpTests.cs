using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Repair;
using Wiretrue.Tool;

namespace Wiretrue.Tool.Tests;

public class WarmUpTests
{
    // A warm-up that finds nothing to repair would compile nothing, and nobody would notice.
    [Fact]
    public void The_capture_it_repairs_needs_all_that_a_repair_does()
    {
        using var stream = new MemoryStream(WarmUp.Capture());
        using CaptureReader reader = CaptureReader.Open(stream, "warm-up");
        RepairReport report = CaptureRepair.Run(reader, output: null, new RepairOptions());
        Assert.True(report.SuperFrames > 0 && report.Segments > report.SuperFrames);
        Assert.True(report.Completed > 0);
        Assert.Empty(report.Left);
        Assert.Null(report.Truncation);
    }
}
