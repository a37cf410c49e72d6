using System.Text.Json;
using Wiretrue.Captures.Explanation;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Repair;
using Wiretrue.Devices.Models;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Skipping;
using Wiretrue.Tool.Commands;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Tests.Explaining;

/// <summary>Whatever a packet's bytes are, it is explained on every device, in lines, and in JSON that can be read.</summary>
public sealed class ExplainHostileTests
{
    private const int WidestLine = 130;
    private const int FramesOfEachCapture = 12;

    private static readonly NamedDevice[] Devices = [.. DeviceModels.CreateAll().Select(NamedDevice.Of)];

    [Fact]
    public void Packets_with_random_changes_are_explained()
    {
        var random = new Random(20);
        byte[][] frames = [.. PlainCapture.Read(RepositoryRoot.Combine("samples", "vxlan.pcap")).Concat(PlainCapture.Read(RepositoryRoot.Combine("samples", "tcp6.pcap"))).Select(packet => packet.Bytes)];
        for (int round = 0; round < 60; round++)
        {
            byte[] frame = [.. frames[random.Next(frames.Length)]];
            for (int change = 0; change < 3; change++)
                frame[random.Next(Math.Min(frame.Length, 160))] = (byte)random.Next(256);
            byte[] cut = frame[..random.Next(1, frame.Length + 1)];
            AssertExplained(PlainCapture.WritePcap(1, [cut]), frames: 1, Devices[round % Devices.Length]);
        }
    }

    [CorpusFact]
    public void Foreign_packets_are_explained()
    {
        int device = 0;
        foreach (string path in Corpus.Captures.Where(path => !path.EndsWith(".snoop", StringComparison.Ordinal)))
            AssertExplained(File.ReadAllBytes(path), FramesOfEachCapture, Devices[device++ % Devices.Length]);
    }

    private static void AssertExplained(byte[] capture, int frames, NamedDevice device)
    {
        for (int frame = 1; frame <= frames; frame++)
        {
            using CaptureReader reader = CaptureReader.Open(new MemoryStream(capture), "made");
            if (CaptureExplainer.Explain(reader, frame, device.Device, new RepairOptions()) is not { } explanation)
                return;
            var request = new ExplainRequest { Input = "made", Frame = frame, Device = device, Switches = [], Changes = [], Hex = true };
            string text = ExplainText.Of("made", request, explanation);
            Assert.EndsWith("\n", text, StringComparison.Ordinal);
            Assert.All(text.Split('\n'), line => Assert.True(line.Length <= WidestLine && line == line.TrimEnd(), line));
            using var json = new MemoryStream();
            ExplainJson.Write(json, "made", request, explanation);
            using JsonDocument read = JsonDocument.Parse(json.ToArray());
            Assert.Equal(explanation.Frames.Count, read.RootElement.GetProperty("frames").GetArrayLength());
        }
    }
}
