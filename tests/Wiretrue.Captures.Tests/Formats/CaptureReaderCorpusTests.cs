using Wiretrue.Captures.Formats;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Captures.Tests.Formats;

/// <summary>The reader over real captures, against the counts that came with them.</summary>
public sealed class CaptureReaderCorpusTests
{
    private static IEnumerable<string> Captures => Corpus.Captures.Where(IsPcap)
        .Concat(Corpus.OwnCaptures);

    [CorpusFact]
    public void Every_capture_has_the_packets_that_its_manifest_counts()
    {
        foreach (string path in Captures)
        {
            if (!Corpus.Manifest.TryGetValue(Path.GetFileName(path), out ManifestRow? row)) continue;
            using CaptureReader reader = CaptureReader.Open(path);
            Assert.Equal(row.Packets, Records(reader).Count);
            Assert.Null(reader.Truncation);
            Assert.Equal(new FileInfo(path).Length, reader.Position);
        }
    }

    [CorpusFact]
    public void A_tiny_window_gives_the_same_records_as_a_large_one()
    {
        foreach (string path in Captures)
        {
            if (new FileInfo(path).Length > 300_000) continue;
            using CaptureReader large = CaptureReader.Open(path);
            using CaptureReader tiny = CaptureReader.Open(path, windowSize: 200);
            Assert.Equal(Records(large), Records(tiny));
        }
    }

    [CorpusFact]
    public void The_windows_joined_are_the_file()
    {
        foreach (string path in Captures)
        {
            using CaptureReader reader = CaptureReader.Open(path, windowSize: 5000);
            using MemoryStream joined = new();
            CaptureWindow window = new();
            while (reader.Read(window)) joined.Write(window.Buffer, 0, window.Length);
            Assert.True(joined.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(path)), path);
        }
    }

    private static bool IsPcap(string path) => Corpus.Manifest[Path.GetFileName(path)].Format.StartsWith("pcap", StringComparison.Ordinal);

    private static List<(long Number, long Offset, int Length, uint Original, int Captured, int Interface)> Records(CaptureReader reader)
    {
        List<(long, long, int, uint, int, int)> all = [];
        CaptureWindow window = new();
        bool last = false;
        while (reader.Read(window))
        {
            Assert.False(last);
            last = window.IsLast;
            long number = window.FirstPacketNumber;
            foreach (CaptureRecord r in window.Records)
            {
                all.Add((number++, window.FileOffset + r.BlockOffset, r.BlockLength, r.OriginalLength, r.CapturedLength, r.Interface));
            }
        }

        Assert.True(last);
        return all;
    }
}
