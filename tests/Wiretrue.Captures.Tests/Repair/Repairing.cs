using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Repair;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;

namespace Wiretrue.Captures.Tests.Repair;

/// <summary>Runs captures that tests make through a whole repair.</summary>
internal static class Repairing
{
    public static (RepairReport Report, byte[] Output) Run(
        byte[] capture, RepairOptions? options = null, int windowSize = CaptureReader.DefaultWindowSize)
    {
        using var folder = new TempFolder();
        string input = folder.Write("in", capture);
        using CaptureReader reader = CaptureReader.Open(input, windowSize);
        using CaptureOutput output = CaptureOutput.Create(folder["out"], new CaptureOutputOptions { Input = input, SizeHint = capture.Length });
        RepairReport report = CaptureRepair.Run(reader, output, options ?? new RepairOptions());
        output.Complete();
        byte[] bytes = File.ReadAllBytes(folder["out"]);
        Assert.Equal(bytes.Length, report.OutBytes);
        return (report, bytes);
    }

    public static byte[] Pcap(params byte[][] frames) => PlainCapture.WritePcap(1, frames);
}
