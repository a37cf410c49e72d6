using Wiretrue.Captures.Formats;
using Wiretrue.Headers;

namespace Wiretrue.Oracle.Tests.Mutation;

/// <summary>Broken captures are read to the end or refused in words, and every packet found in them lies within them.</summary>
[Trait("Category", "Mutation")]
public sealed class ReadingTests
{
    // The largest block that is believed is 16 MB; a reader may hold it twice while it grows.
    private const long AllocationLimit = 48 << 20;

    [Fact]
    public void Broken_captures_are_read_or_refused()
    {
        var mutator = new Mutator(seed: 10);
        var layout = new PacketLayout();
        int refused = 0;
        MutationRun.Feed(20_000 * MutationRun.Scale, AllocationLimit, () => mutator.Mutate(mutator.Pick(MutationSeeds.Captures)), file =>
        {
            try
            {
                using var reader = CaptureReader.Open(new MemoryStream(file), "broken");
                var window = new CaptureWindow();
                while (reader.Read(window))
                {
                    foreach (CaptureRecord record in window.Records)
                    {
                        Assert.InRange(record.DataOffset, record.BlockOffset, window.Length);
                        Assert.InRange(record.CapturedLength, 0, window.Length - record.DataOffset);
                        ReadOnlySpan<byte> packet = window.Buffer.AsSpan(record.DataOffset, record.CapturedLength);
                        PacketWalk.Walk(packet, (int)Math.Min(record.OriginalLength, int.MaxValue), record.LinkType, ref layout);
                    }
                }
            }
            catch (CaptureFormatException)
            {
                refused++;
            }
        });
        Assert.NotEqual(0, refused);
    }
}
