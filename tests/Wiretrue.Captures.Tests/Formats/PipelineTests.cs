using System.Collections.Concurrent;
using Wiretrue.Captures.Formats;
using Wiretrue.Testing;

namespace Wiretrue.Captures.Tests.Formats;

/// <summary>Reader, worker and writer on three threads over rings of windows and batches, as a repair runs them.</summary>
public sealed class PipelineTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(5_000)]
    [InlineData(100_000)]
    public async Task Three_threads_give_the_bytes_that_one_gives(int windowSize)
    {
        using TempFolder folder = new();
        string path = folder.Write("in", Capture());
        Copying.Copy(path, folder["one"], change: Halve);
        using (CaptureReader reader = CaptureReader.Open(path, windowSize))
        using (CaptureOutput output = CaptureOutput.Create(folder["three"], new CaptureOutputOptions { Input = path }))
        {
            await Run(reader, output);
            output.Complete();
        }

        Assert.Equal(File.ReadAllBytes(folder["one"]), File.ReadAllBytes(folder["three"]));
    }

    private static async Task Run(CaptureReader reader, CaptureOutput output)
    {
        using BlockingCollection<(CaptureWindow Window, OutputBatch Batch)> free = [(new(), new()), (new(), new()), (new(), new())];
        using BlockingCollection<(CaptureWindow Window, OutputBatch Batch)> read = [];
        using BlockingCollection<(CaptureWindow Window, OutputBatch Batch)> worked = [];
        RecordEmitter emitter = RecordEmitter.Create(reader.Name, reader.Format, reader.Format, output.CanRevise);
        Task reading = Task.Run(() =>
        {
            for (var pair = free.Take(); reader.Read(pair.Window); pair = free.Take()) read.Add(pair);
            read.CompleteAdding();
        });
        Task working = Task.Run(() =>
        {
            foreach (var pair in read.GetConsumingEnumerable())
            {
                emitter.Begin(pair.Window, pair.Batch);
                for (int i = 0; i < pair.Window.Records.Length; i++) Halve(emitter, pair.Window, i);
                emitter.End();
                worked.Add(pair);
            }

            worked.CompleteAdding();
        });
        foreach (var pair in worked.GetConsumingEnumerable())
        {
            output.Write(pair.Batch);
            free.Add(pair);
        }

        await Task.WhenAll(reading, working);
        emitter.Finish(output);
    }

    /// <summary>Packets of an odd length are cut in two.</summary>
    private static void Halve(RecordEmitter emitter, CaptureWindow window, int record)
    {
        CaptureRecord original = window.Records[record];
        if (original.CapturedLength % 2 == 0) return;
        int half = original.CapturedLength / 2;
        RecordChange first = new() { CapturedLength = half, OriginalLength = (uint)half };
        RecordChange second = new() { CapturedLength = half + 1, OriginalLength = (uint)half + 1 };
        window.Data(in original)[..half].CopyTo(emitter.Emit(record, in first));
        window.Data(in original)[half..].CopyTo(emitter.Emit(record, in second));
    }

    private static byte[] Capture()
    {
        Random random = new(6);
        PcapNgFile file = new();
        for (int section = 0; section < 4; section++)
        {
            file.Section(section % 2 == 0, length: 1000).Interface().Interface(101);
            for (int i = 0; i < 250; i++) file.Enhanced(Reading.Packet(random.Next(1, 1500), i), (uint)random.Next(2), (ulong)i);
        }

        return file.ToArray();
    }
}
