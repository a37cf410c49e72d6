using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Tunnelling;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Captures.Tests.Tunnelling;

/// <summary>Runs captures that tests make through a whole decapsulation.</summary>
internal static class Decapsulating
{
    public static (DecapsulationReport Report, byte[] Output) Run(byte[] capture, DecapsulationOptions? options = null)
    {
        using var folder = new TempFolder();
        string input = folder.Write("in", capture);
        using CaptureReader reader = CaptureReader.Open(input);
        using CaptureOutput output = CaptureOutput.Create(folder["out"], new CaptureOutputOptions { Input = input });
        DecapsulationReport report = CaptureDecapsulation.Run(reader, output, options ?? new DecapsulationOptions());
        output.Complete();
        byte[] bytes = File.ReadAllBytes(folder["out"]);
        Assert.Equal(bytes.Length, report.OutBytes);
        Assert.Equal(PlainCapture.Read(bytes).Count, report.OutPackets);
        Assert.Equal(report.InPackets, report.Decapsulated + report.Others.Sum(other => other.Value));
        return (report, bytes);
    }

    public static (DecapsulationReport Report, List<PlainPacket> Packets) Frames(DecapsulationOptions? options, params byte[][] frames)
    {
        (DecapsulationReport report, byte[] output) = Run(PlainCapture.WritePcap(1, frames), options);
        return (report, PlainCapture.Read(output));
    }

    /// <summary>One frame with these headers, its checksums done.</summary>
    public static byte[] Build(byte[] payload, params PlainHeader[] headers) =>
        new PlainFrame(headers, payload).Build(payload, new SegmentPlace(0, 0, true));
}
