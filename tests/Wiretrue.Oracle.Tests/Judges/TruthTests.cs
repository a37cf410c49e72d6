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
        foreach ((string name, List<CutPacket> cuts) in Fixed())
        {
            var superFrames = cuts.Where(c => c.Header.GsoSize != 0).ToList();
            int good = superFrames.Count(c => c.Frames.Count > 1 && c.SegmentSize == c.Header.GsoSize);
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
        foreach ((string name, List<CutPacket> cuts) in Fixed())
        {
            foreach (CutPacket cut in cuts)
            {
                cut.Judge(pair, name);
                compared++;
            }
        }
        output.WriteLine($"{compared} packets compared");
        Assert.True(compared >= 200, $"only {compared} packets have a known truth");
    }

    private static IEnumerable<(string Name, List<CutPacket> Cuts)> Fixed()
    {
        using var folder = new TempFolder();
        foreach (string capture in Corpus.OwnCaptures)
        {
            if (Truth.PathFor(capture) is not { } path)
                continue;
            string after = folder[Path.GetFileName(capture)];
            WiretrueCommand.Fix(capture, after);
            var truth = Truth.Read(path);
            yield return (Path.GetFileName(capture), CutPacket.Align(PlainCapture.Read(capture), PlainCapture.Read(after), truth.Of));
        }
    }
}
