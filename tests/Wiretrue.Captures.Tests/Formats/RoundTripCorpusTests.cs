using Wiretrue.Captures.Formats;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Captures.Tests.Formats;

/// <summary>Real captures through reader, emitter and output.</summary>
public sealed class RoundTripCorpusTests
{
    private static IEnumerable<string> Captures => Corpus.Captures
        .Where(path => Corpus.Manifest[Path.GetFileName(path)].Format.StartsWith("pcap", StringComparison.Ordinal))
        .Concat(Corpus.OwnCaptures);

    [CorpusFact]
    public void A_copy_that_changes_nothing_is_the_same_byte_for_byte()
    {
        using TempFolder folder = new();
        foreach (string path in Captures)
        {
            foreach (int windowSize in (int[])[4096, CaptureReader.DefaultWindowSize])
            {
                Copying.Copy(path, folder["copy"], windowSize: windowSize);
                Assert.True(File.ReadAllBytes(path).AsSpan().SequenceEqual(File.ReadAllBytes(folder["copy"])), $"{path} at {windowSize}");
            }
        }
    }

    [CorpusFact]
    public void Emitting_every_record_as_it_was_is_the_same_byte_for_byte()
    {
        using TempFolder folder = new();
        foreach (string path in Captures)
        {
            Copying.Copy(path, folder["copy"], windowSize: 5000, change: Again);
            Assert.True(File.ReadAllBytes(path).AsSpan().SequenceEqual(File.ReadAllBytes(folder["copy"])), path);
        }
    }

    [CorpusFact]
    public void A_conversion_keeps_every_packet_and_back_again()
    {
        using TempFolder folder = new();
        foreach (string path in Captures)
        {
            List<PlainPacket> before = PlainCapture.Read(path);
            if (before.Select(p => p.LinkType).Distinct().Count() > 1) continue;
            Copying.Copy(path, folder["ng"], CaptureFormat.PcapNg, windowSize: 5000);
            Copying.Copy(folder["ng"], folder["pcap"], CaptureFormat.Pcap, windowSize: 5000);
            AssertSame(before, PlainCapture.Read(folder["ng"]), path);
            AssertSame(before, PlainCapture.Read(folder["pcap"]), path);
        }
    }

    private static void AssertSame(List<PlainPacket> expected, List<PlainPacket> actual, string path)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.True(expected[i].Bytes.AsSpan().SequenceEqual(actual[i].Bytes), $"{path}, packet {i + 1}");
            Assert.Equal(expected[i].OriginalLength, actual[i].OriginalLength);
            Assert.Equal(expected[i].LinkType, actual[i].LinkType);
        }
    }

    private static void Again(RecordEmitter emitter, CaptureWindow window, int record)
    {
        CaptureRecord original = window.Records[record];
        RecordChange same = new() { CapturedLength = original.CapturedLength, OriginalLength = original.OriginalLength };
        window.Data(in original).CopyTo(emitter.Emit(record, in same));
    }
}
