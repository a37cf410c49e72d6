using Wiretrue.Checksums;
using Wiretrue.Testing;

namespace Wiretrue.Tests.Checksums;

/// <summary>Every implementation against the reference; the compiled-out ones run in software and must be right all the same.</summary>
[Trait("Isa", "true")]
public class OnesComplementSumTests
{
    private const int Alignments = 64;

    public static TheoryData<string> Implementations => [.. OnesComplementSumImplementation.All.Select(i => i.Name)];

    [Fact]
    public void A_short_sum_folds_as_a_long_one_does()
    {
        var random = new Random(5);
        foreach (uint sum in (uint[])[0, 1, 0xFFFF, 0x10000, 0x1FFFE, 0xFFFF0000, 0xFFFFFFFE, uint.MaxValue])
            Assert.Equal(OnesComplementSum.Fold((ulong)sum), OnesComplementSum.Fold(sum));
        for (int i = 0; i < 10_000; i++)
        {
            var sum = (uint)random.NextInt64(uint.MaxValue);
            Assert.Equal(OnesComplementSum.Fold((ulong)sum), OnesComplementSum.Fold(sum));
        }
    }

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Every_length_at_every_alignment_sums_as_the_reference_does(string name)
    {
        OnesComplementSumImplementation implementation = Named(name);
        byte[] bytes = RandomBytes(512 + Alignments, seed: 1);
        for (int length = 0; length <= 512; length++)
        {
            for (int alignment = 0; alignment < Alignments; alignment++)
            {
                ReadOnlySpan<byte> source = bytes.AsSpan(alignment, length);
                if (implementation.Sum(source) != OnesComplementSumReference.Sum(source))
                    Assert.Fail($"length {length}, alignment {alignment}: {implementation.Sum(source):x4}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Every_length_sums_as_the_reference_does_right_up_to_a_page_that_may_not_be_read(string name)
    {
        OnesComplementSumImplementation implementation = Named(name);
        using var guarded = new GuardedBuffer(4096);
        Span<byte> bytes = guarded.Span;
        new Random(2).NextBytes(bytes);
        for (int length = 0; length <= 2048; length++)
        {
            ReadOnlySpan<byte> atTheEnd = bytes[^length..];
            ReadOnlySpan<byte> atTheStart = bytes[..length];
            Assert.Equal(OnesComplementSumReference.Sum(atTheEnd), implementation.Sum(atTheEnd));
            Assert.Equal(OnesComplementSumReference.Sum(atTheStart), implementation.Sum(atTheStart));
        }
    }

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Random_lengths_up_to_300_KiB_sum_as_the_reference_does(string name)
    {
        OnesComplementSumImplementation implementation = Named(name);
        var random = new Random(3);
        byte[] bytes = RandomBytes(300 * 1024, seed: 4);
        for (int i = 0; i < 60; i++)
        {
            int length = random.Next(bytes.Length);
            ReadOnlySpan<byte> source = bytes.AsSpan(random.Next(bytes.Length - length), length);
            Assert.Equal(OnesComplementSumReference.Sum(source), implementation.Sum(source));
        }
    }

    // More than 2^16 words of 0xFFFF: accumulators of 32 bits over 16-bit lanes would have lost carries.
    [Theory]
    [MemberData(nameof(Implementations))]
    public void Only_ones_sum_to_all_ones_above_128_KiB(string name)
    {
        OnesComplementSumImplementation implementation = Named(name);
        byte[] ones = new byte[600 * 1024];
        Array.Fill(ones, (byte)0xFF);
        foreach (int length in (int[])[2, 64, 128, 256, 1460, 131_070, 131_072, 131_074, 262_144, ones.Length])
        {
            Assert.Equal(0xFFFF, implementation.Sum(ones.AsSpan(0, length)));
            Assert.Equal(0xFF00, implementation.Sum(ones.AsSpan(0, length - 1)));
        }
    }

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Only_zeros_sum_to_zero_and_any_byte_keeps_the_sum_from_it(string name)
    {
        OnesComplementSumImplementation implementation = Named(name);
        byte[] bytes = new byte[600];
        for (int length = 1; length <= bytes.Length; length += 7)
        {
            Assert.Equal(0, implementation.Sum(bytes.AsSpan(0, length)));
            for (int i = 0; i < length; i++)
            {
                bytes[i] = 1;
                Assert.Equal((i & 1) == 0 ? 0x0100 : 0x0001, implementation.Sum(bytes.AsSpan(0, length)));
                bytes[i] = 0;
            }
        }
    }

    // Each lane and each carry between them: words of all ones among random ones make carries run through.
    [Theory]
    [MemberData(nameof(Implementations))]
    public void Carries_out_of_every_lane_are_kept(string name)
    {
        OnesComplementSumImplementation implementation = Named(name);
        var random = new Random(5);
        byte[] bytes = new byte[1024];
        for (int round = 0; round < 500; round++)
        {
            for (int i = 0; i < bytes.Length; i++)
                bytes[i] = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)0xFF;
            Assert.Equal(OnesComplementSumReference.Sum(bytes), implementation.Sum(bytes));
        }
    }

    private static OnesComplementSumImplementation Named(string name) => OnesComplementSumImplementation.All.Single(i => i.Name == name);

    private static byte[] RandomBytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
