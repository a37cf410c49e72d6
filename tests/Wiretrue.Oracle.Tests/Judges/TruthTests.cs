using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>Captures whose truth was recorded beside them: what <c>fix</c> inferred is what the kernel had said, and what it cut is what the kernel cuts.</summary>
[Trait("Category", "Judges")]
public sealed class TruthTests(ITestOutputHelper output)
{
    [CorpusFact]
    public void The_segment_size_is_right_for_99_of_100_super_frames()
    {
        int right = 0, total = 0;
        foreach ((string name, List<Cut> cuts) in Fixed())
        {
            var superFrames = cuts.Where(c => c.Header.GsoSize != 0).ToList();
            int good = superFrames.Count(c => c.Frames.Count > 1 && PayloadLength(c.Frames[0]) == c.Header.GsoSize);
            output.WriteLine($"{name}: {good} of {superFrames.Count} super-frames cut by the size that the kernel had given");
            right += good;
            total += superFrames.Count;
        }
        Assert.True(total >= 100, $"only {total} super-frames have a known truth");
        Assert.True(right >= 0.99 * total, $"{right} of {total}");
    }

    [RootTapFact(Corpus = true)]
    public void The_frames_are_what_the_kernel_cuts_from_the_same_super_frames()
    {
        using var pair = TapPair.Create("truth");
        int compared = 0;
        foreach ((string name, List<Cut> cuts) in Fixed())
        {
            foreach (Cut cut in cuts)
            {
                FrameComparison.Same(
                    pair.Cut(cut.Header, cut.Original.Bytes), [.. cut.Frames.Select(f => f.Bytes)], $"{name}, packet {cut.Number}: {cut.Header}");
                compared++;
            }
        }
        output.WriteLine($"{compared} packets compared");
        Assert.True(compared >= 200, $"only {compared} packets have a known truth");
    }

    private static int PayloadLength(PlainPacket packet) => PlainWalk.Innermost(packet)?.PayloadLength ?? 0;

    private static IEnumerable<(string Name, List<Cut> Cuts)> Fixed()
    {
        using var folder = new TempFolder();
        foreach (string capture in Corpus.OwnCaptures)
        {
            if (Truth.PathFor(capture) is not { } truth)
                continue;
            string after = folder[Path.GetFileName(capture)];
            WiretrueCommand.Fix(capture, after);
            yield return (Path.GetFileName(capture), Align(PlainCapture.Read(capture), PlainCapture.Read(after), Truth.Read(truth)));
        }
    }

    /// <summary>Gives each original packet the fixed ones that it became: those whose payloads together make up its own.</summary>
    private static List<Cut> Align(List<PlainPacket> before, List<PlainPacket> after, Truth truth)
    {
        var cuts = new List<Cut>();
        int next = 0;
        for (int i = 0; i < before.Count; i++)
        {
            var frames = new List<PlainPacket> { after[next++] };
            int missing = PayloadLength(before[i]) - PayloadLength(frames[0]);
            while (missing > 0)
            {
                frames.Add(after[next++]);
                missing -= PayloadLength(frames[^1]);
            }
            Assert.Equal(0, missing);
            if (truth.Of(before[i]) is { } header)
                cuts.Add(new Cut(i + 1, header, before[i], frames));
        }
        Assert.Equal(after.Count, next);
        return cuts;
    }

    private sealed record Cut(int Number, VnetHeader Header, PlainPacket Original, List<PlainPacket> Frames);
}
