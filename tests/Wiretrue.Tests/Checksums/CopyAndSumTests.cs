using Wiretrue.Checksums;
using Wiretrue.Testing;

namespace Wiretrue.Tests.Checksums;

/// <summary>
/// Copying has loops and tails of its own, which a test of the sum alone never sees: a copy that skips bytes, or that carries an odd byte
/// wrongly, sums right and copies wrong, or the other way round.
/// </summary>
[Trait("Isa", "true")]
public class CopyAndSumTests
{
    private const byte Canary = 0xA5;
    private const int Margin = 64;

    public static TheoryData<string> Implementations => [.. OnesComplementSumImplementation.All.Select(i => i.Name)];

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Every_length_at_every_alignment_of_the_destination_copies_all_bytes_and_no_other(string name)
    {
        for (int length = 0; length <= 512; length++)
        {
            for (int alignment = 0; alignment < 64; alignment++)
                Check(name, length, sourceOffset: length % 64, destinationOffset: alignment);
        }
    }

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Every_pair_of_alignments_copies_all_bytes_and_no_other(string name)
    {
        foreach (int length in (int[])[63, 64, 129, 257, 513, 1460])
        {
            for (int alignments = 0; alignments < 64 * 64; alignments++)
                Check(name, length, alignments % 64, alignments / 64);
        }
    }

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Random_lengths_up_to_300_KiB_copy_all_bytes_and_no_other(string name)
    {
        var random = new Random(6);
        for (int i = 0; i < 40; i++)
            Check(name, random.Next(300 * 1024), random.Next(64), random.Next(64));
    }

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Between_pages_that_may_not_be_touched_every_length_copies(string name)
    {
        OnesComplementSumImplementation implementation = OnesComplementSumImplementation.All.Single(i => i.Name == name);
        using var from = new GuardedBuffer(4096);
        using var to = new GuardedBuffer(4096);
        new Random(7).NextBytes(from.Span);
        for (int length = 0; length <= 1024; length++)
        {
            Assert.Equal(
                OnesComplementSumReference.Sum(from.Span[^length..]), implementation.CopyAndSum(from.Span[^length..], to.Span[^length..]));
            Assert.True(from.Span[^length..].SequenceEqual(to.Span[^length..]));
            Assert.Equal(
                OnesComplementSumReference.Sum(from.Span[..length]), implementation.CopyAndSum(from.Span[..length], to.Span[..length]));
            Assert.True(from.Span[..length].SequenceEqual(to.Span[..length]));
        }
    }

    private static readonly byte[] Source = MakeSource();
    private static readonly byte[] Destination = new byte[(300 * 1024) + (4 * Margin)];

    private static byte[] MakeSource()
    {
        var bytes = new byte[(300 * 1024) + 64];
        new Random(8).NextBytes(bytes);
        return bytes;
    }

    private static void Check(string name, int length, int sourceOffset, int destinationOffset)
    {
        OnesComplementSumImplementation implementation = OnesComplementSumImplementation.All.Single(i => i.Name == name);
        ReadOnlySpan<byte> source = Source.AsSpan(sourceOffset, length);
        Span<byte> whole = Destination.AsSpan(0, Margin + destinationOffset + length + Margin);
        whole.Fill(Canary);
        Span<byte> destination = whole.Slice(Margin + destinationOffset, length);

        ushort sum = implementation.CopyAndSum(source, destination);

        string where = $"length {length}, source at {sourceOffset}, destination at {destinationOffset}";
        if (sum != OnesComplementSumReference.Sum(source))
            Assert.Fail($"{where}: sum {sum:x4}");
        if (!source.SequenceEqual(destination))
            Assert.Fail($"{where}: copied wrong at {source.CommonPrefixLength(destination)}");
        if (whole[..(Margin + destinationOffset)].ContainsAnyExcept(Canary) || whole[^Margin..].ContainsAnyExcept(Canary))
            Assert.Fail($"{where}: wrote outside the destination");
    }
}
