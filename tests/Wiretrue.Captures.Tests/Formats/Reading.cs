using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Tests.Formats;

/// <summary>One record with its bytes, independent of the window that it was in.</summary>
internal sealed record ReadRecord(CaptureRecord Record, long Number, long Offset, byte[] Data);

/// <summary>Everything that a reader gave, and how it ended.</summary>
internal sealed record Reading(List<ReadRecord> Records, byte[] Bytes, CaptureTruncation? Truncation, CaptureFormatException? Error)
{
    public static Reading Of(byte[] file, int windowSize = CaptureReader.DefaultWindowSize)
    {
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(file), "test", windowSize);
        return Of(reader);
    }

    /// <summary>Reads to the end, whatever the end is.</summary>
    public static Reading Of(CaptureReader reader)
    {
        List<ReadRecord> records = [];
        using MemoryStream bytes = new();
        CaptureWindow window = new();
        bool last = false;
        try
        {
            while (reader.Read(window))
            {
                Assert.False(last);
                last = window.IsLast;
                Assert.Equal(bytes.Length, window.FileOffset);
                Assert.Equal(records.Count + 1, window.FirstPacketNumber);
                foreach (ref readonly CaptureRecord record in window.Records)
                {
                    long offset = window.FileOffset + record.BlockOffset;
                    records.Add(new ReadRecord(record, records.Count + 1, offset, window.Data(in record).ToArray()));
                }

                bytes.Write(window.Buffer, 0, window.Length);
            }
        }
        catch (CaptureFormatException e)
        {
            return new Reading(records, bytes.ToArray(), reader.Truncation, e);
        }

        Assert.True(last || bytes.Length == 0);
        Assert.Equal(records.Count, reader.PacketsRead);
        return new Reading(records, bytes.ToArray(), reader.Truncation, null);
    }

    /// <summary>So many bytes that differ from each other.</summary>
    public static byte[] Packet(int length, int seed = 1)
    {
        byte[] packet = new byte[length];
        new Random(seed).NextBytes(packet);
        return packet;
    }
}
