using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Tests.Formats;

public sealed class OutputBatchTests
{
    [Fact]
    public void A_window_passed_record_by_record_is_one_slice()
    {
        CaptureWindow window = Window(1000);
        OutputBatch batch = new();
        batch.Begin(window);
        for (int i = 0; i < 1000; i += 10) batch.AppendFromWindow(i, 10);
        batch.Seal();
        Assert.Equal(1, batch.SliceCount);
        Assert.True(batch[0] == window.Buffer.AsSpan(0, 1000)); // the same memory, not a copy
    }

    [Fact]
    public void Short_runs_between_new_bytes_are_copied_into_one_slice()
    {
        CaptureWindow window = Window(1000);
        OutputBatch batch = new();
        batch.Begin(window);
        for (int i = 0; i < 900; i += 100)
        {
            batch.AppendFromWindow(i, 100);
            batch.Reserve(20).Fill(0xEE);
        }

        batch.AppendFromWindow(900, 100);
        batch.Seal();
        Assert.Equal(1, batch.SliceCount);
        Assert.Equal(1180, batch.Length);
    }

    [Fact]
    public void Long_runs_stay_where_they_were_read()
    {
        CaptureWindow window = Window(OutputBatch.CopyThreshold * 2);
        OutputBatch batch = new();
        batch.Begin(window);
        batch.AppendFromWindow(0, OutputBatch.CopyThreshold - 1);
        batch.Reserve(1).Clear();
        batch.AppendFromWindow(OutputBatch.CopyThreshold, OutputBatch.CopyThreshold);
        batch.Seal();
        Assert.Equal(2, batch.SliceCount);
        Assert.Equal(OutputBatch.CopyThreshold, batch[0].Length);
        Assert.True(batch[1] == window.Buffer.AsSpan(OutputBatch.CopyThreshold, OutputBatch.CopyThreshold));
    }

    [Fact]
    public void Any_order_of_slices_gives_the_bytes_in_order()
    {
        Random random = new(5);
        OutputBatch batch = new();
        for (int round = 0; round < 200; round++)
        {
            CaptureWindow window = Window(200_000);
            batch.Begin(window);
            List<byte> expected = [];
            int at = 0;
            while (at < 190_000 && expected.Count < 300_000)
            {
                int length = random.Next(4) == 0 ? random.Next(80_000) : random.Next(300);
                length = Math.Min(length, 200_000 - at);
                switch (random.Next(4))
                {
                    case 0:
                        byte[] made = Reading.Packet(length, round);
                        made.CopyTo(batch.Reserve(length));
                        expected.AddRange(made);
                        break;
                    case 1:
                        at += length; // left out
                        break;
                    default:
                        batch.AppendFromWindow(at, length);
                        expected.AddRange(window.Buffer.AsSpan(at, length));
                        at += length;
                        break;
                }
            }

            batch.Seal();
            Assert.Equal(expected.Count, batch.Length);
            Assert.True(expected.ToArray().AsSpan().SequenceEqual(Bytes(batch)));
            for (int i = 1; i < batch.SliceCount - 1; i++)
            {
                Assert.True(Math.Max(batch[i].Length, batch[i + 1].Length) >= OutputBatch.CopyThreshold, "two short writes in a row");
            }
        }
    }

    [Fact]
    public void A_batch_full_of_new_bytes_says_so()
    {
        OutputBatch batch = new();
        batch.Begin(Window(10));
        batch.Reserve(OutputBatch.ArenaLimit - 1);
        Assert.False(batch.IsFull);
        batch.Reserve(1);
        Assert.True(batch.IsFull);
        batch.Begin(Window(10));
        Assert.False(batch.IsFull);
    }

    [Fact]
    public void An_empty_batch_has_nothing_to_write()
    {
        OutputBatch batch = new();
        batch.Begin(Window(0));
        batch.AppendFromWindow(0, 0);
        batch.Seal();
        Assert.Equal((0, 0L), (batch.SliceCount, batch.Length));
    }

    [Fact]
    public void A_batch_used_again_allocates_nothing()
    {
        CaptureWindow window = Window(100_000);
        OutputBatch batch = new();
        Fill();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) Fill();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Fill()
        {
            batch.Begin(window);
            for (int i = 0; i < 100; i++)
            {
                batch.AppendFromWindow(i * 1000, 500);
                batch.Reserve(400).Clear();
            }

            batch.Seal();
        }
    }

    internal static byte[] Bytes(OutputBatch batch)
    {
        using MemoryStream all = new();
        for (int i = 0; i < batch.SliceCount; i++) all.Write(batch[i]);
        return all.ToArray();
    }

    private static CaptureWindow Window(int length) => new() { Buffer = Reading.Packet(length, length), Length = length };
}
