using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Captures.Repair;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Mutation;

/// <summary>Broken captures are repaired as far as they can be, or refused in words; what is written can be read.</summary>
[Trait("Category", "Mutation")]
public sealed class RepairTests(ITestOutputHelper output)
{
    private const long AllocationLimit = 100 << 20;

    private static readonly RepairOptions[] Options =
    [
        new(), new() { Policy = RepairPolicy.All }, new() { Policy = RepairPolicy.Rewritten, Annotate = true }, new() { Mtu = 576 },
        new() { Checksums = false }, new() { Segments = false }, new() { OutputFormat = CaptureFormat.PcapNg, Annotate = true },
    ];

    [Fact]
    public void Broken_captures_are_repaired_or_refused()
    {
        var mutator = new Mutator(seed: 12);
        using var folder = new TempFolder();
        string path = folder["repaired"];
        int repaired = 0, refused = 0;
        long segments = 0;
        MutationRun.Feed(10_000 * MutationRun.Scale, AllocationLimit, () => Next(mutator), input =>
        {
            try
            {
                using var reader = CaptureReader.Open(new MemoryStream(input.File), "broken");
                using var file = CaptureOutput.Create(path, new CaptureOutputOptions { Overwrite = true });
                RepairReport report = CaptureRepair.Run(reader, file, input.Options);
                file.Complete();
                segments += report.Segments;
                repaired++;
                Assert.Equal(report.OutPackets, PlainCapture.Read(path).Count);
            }
            catch (CaptureFormatException)
            {
                refused++;
            }
        });
        output.WriteLine($"{repaired} repaired, {segments} segments among what they became; {refused} refused");
        Assert.NotEqual(0, repaired);
        Assert.NotEqual(0, refused);
    }

    private static (byte[] File, RepairOptions Options) Next(Mutator mutator)
    {
        RepairOptions options = mutator.Pick(Options);
        return (MutationSeeds.Next(mutator), options);
    }
}
