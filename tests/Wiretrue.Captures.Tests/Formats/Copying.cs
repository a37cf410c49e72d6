using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Tests.Formats;

/// <summary>
/// Runs a capture through reader, emitter and output, as a repair does that finds nothing to repair, or that does what the test says.
/// </summary>
internal static class Copying
{
    /// <summary>What is done to one record of a window.</summary>
    public delegate void Change(RecordEmitter emitter, CaptureWindow window, int record);

    /// <summary>Copies a file. Returns how many blocks had no place in the output.</summary>
    public static long Copy(
        string from, string to, CaptureFormat? format = null, int windowSize = CaptureReader.DefaultWindowSize,
        Change? change = null, bool survey = true)
    {
        using CaptureReader reader = CaptureReader.Open(from, windowSize);
        using CaptureOutput output = CaptureOutput.Create(to,
            new CaptureOutputOptions { Overwrite = true, SizeHint = reader.FileLength ?? 0, Input = from });
        CaptureFormat target = format ?? reader.Format;
        PcapTarget? pcap = null;
        if (survey && target == CaptureFormat.Pcap && reader.Format == CaptureFormat.PcapNg)
        {
            using CaptureReader ahead = CaptureReader.Open(from, windowSize);
            pcap = PcapTarget.Of(ahead);
        }

        RecordEmitter emitter = RecordEmitter.Create(reader.Name, reader.Format, target, output.CanRevise, pcap);
        CaptureWindow window = new();
        OutputBatch batch = new();
        while (reader.Read(window))
        {
            emitter.Begin(window, batch);
            for (int i = 0; change is not null && i < window.Records.Length; i++) change(emitter, window, i);
            emitter.End();
            output.Write(batch);
        }

        Assert.Equal(emitter.Position, output.BytesWritten);
        emitter.Finish(output);
        output.Complete();
        return emitter.DroppedBlocks;
    }
}
