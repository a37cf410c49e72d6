using Wiretrue.Captures.Formats;
using Wiretrue.Testing;

namespace Wiretrue.Captures.Tests.Formats.Emission;

/// <summary>Small captures through an emitter, in memory as far as the test sees.</summary>
internal static class Emitting
{
    /// <summary>Copies a capture, each record handed to <paramref name="change"/>.</summary>
    public static byte[] Copy(
        byte[] file, Copying.Change? change = null, CaptureFormat? format = null,
        int windowSize = CaptureReader.DefaultWindowSize, bool survey = true)
    {
        using TempFolder folder = new();
        Copying.Copy(folder.Write("in", file), folder["out"], format, windowSize, change, survey);
        return File.ReadAllBytes(folder["out"]);
    }

    /// <summary>A change that emits records of the given lengths in place of the first, filled with 0xA0, 0xA1 and so on.</summary>
    public static Copying.Change Into(int[] lengths, PacketFlags clear = PacketFlags.None, string comment = "", uint? original = null)
        => (emitter, _, record) =>
    {
        if (record != 0) return;
        for (int i = 0; i < lengths.Length; i++)
        {
            RecordChange change = new()
            {
                CapturedLength = lengths[i],
                OriginalLength = original ?? (uint)lengths[i],
                ClearFlags = clear,
                Comment = System.Text.Encoding.UTF8.GetBytes(comment),
            };
            emitter.Emit(record, in change).Fill((byte)(0xA0 + i));
        }
    };

    /// <summary>So many bytes of the value that <see cref="Into"/> fills its n-th record with.</summary>
    public static byte[] Filled(int length, int n = 0)
    {
        byte[] bytes = new byte[length];
        bytes.AsSpan().Fill((byte)(0xA0 + n));
        return bytes;
    }

    /// <summary>Through an output that can't be revised, with a batch of its own for each window, or two where the test says.</summary>
    public static byte[] Pipe(byte[] file, Copying.Change change, int windowSize, Func<int, bool>? anotherBatchAfter = null)
    {
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(file), "test", windowSize);
        RecordEmitter emitter = RecordEmitter.Create("test", reader.Format, reader.Format, canRevise: false);
        CaptureWindow window = new();
        using MemoryStream all = new();
        while (reader.Read(window))
        {
            OutputBatch batch = new();
            emitter.Begin(window, batch);
            for (int i = 0; i < window.Records.Length; i++)
            {
                change(emitter, window, i);
                if (anotherBatchAfter is null || !anotherBatchAfter(i)) continue;
                OutputBatch next = new();
                emitter.ContinueIn(next);
                all.Write(OutputBatchTests.Bytes(batch));
                batch = next;
            }

            emitter.End();
            all.Write(OutputBatchTests.Bytes(batch));
        }

        Assert.Equal(all.Length, emitter.Position);
        return all.ToArray();
    }
}
