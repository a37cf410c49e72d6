using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Wiretrue.Checksums;

namespace Wiretrue.Tests.Checksums;

[Trait("Isa", "true")]
public class InternetChecksumTests
{
    // The example of RFC 1071 section 3.
    private static readonly byte[] Rfc1071 = [0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7];

    // An IPv4 header as a wire carried it, 192.0.2.1 to 192.0.2.2, with its checksum.
    private static readonly byte[] Ipv4Header =
        [0x45, 0x00, 0x00, 0x3C, 0x1C, 0x46, 0x40, 0x00, 0x40, 0x06, 0x9A, 0x72, 0xC0, 0x00, 0x02, 0x01, 0xC0, 0x00, 0x02, 0x02];

    [Fact]
    public void The_example_of_the_RFC_sums_to_what_the_RFC_says()
    {
        Assert.Equal(0xDDF2, InternetChecksum.Sum(Rfc1071));
        Assert.Equal(0x220D, InternetChecksum.Hash(Rfc1071));
    }

    [Fact]
    public void No_bytes_sum_to_zero() => Assert.Equal(0, InternetChecksum.Sum([]));

    [Fact]
    public void An_odd_last_byte_is_the_high_one_of_its_word() => Assert.Equal(0x1200 + 0x3456, InternetChecksum.Sum([0x34, 0x56, 0x12]));

    [Fact]
    public void A_header_with_its_checksum_verifies_and_with_any_bit_changed_does_not()
    {
        Assert.True(InternetChecksum.Verify(Ipv4Header));
        byte[] changed = [.. Ipv4Header];
        for (int bit = 0; bit < changed.Length * 8; bit++)
        {
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(InternetChecksum.Verify(changed));
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Nothing_but_zeros_does_not_verify() => Assert.False(InternetChecksum.Verify(new byte[20]));

    [Fact]
    public void What_is_covered_elsewhere_takes_part_in_verification()
    {
        ushort before = InternetChecksum.Sum(Ipv4Header.AsSpan(0, 12));
        Assert.True(InternetChecksum.Verify(Ipv4Header.AsSpan(12), before));
        Assert.False(InternetChecksum.Verify(Ipv4Header.AsSpan(12), (ushort)(before + 1)));
    }

    [Fact]
    public void A_checksum_is_written_in_network_order_into_two_bytes()
    {
        byte[] destination = [0xA5, 0xA5, 0xA5];
        Assert.True(InternetChecksum.TryHash(Rfc1071, destination, out int written));
        Assert.Equal(2, written);
        Assert.Equal([0x22, 0x0D, 0xA5], destination);
        Assert.Equal(2, InternetChecksum.Hash(Rfc1071, destination.AsSpan(1)));
        Assert.Equal([0x22, 0x22, 0x0D], destination);
    }

    [Fact]
    public void A_destination_too_short_is_refused_and_left_alone()
    {
        byte[] destination = [0xA5];
        Assert.False(InternetChecksum.TryHash(Rfc1071, destination, out int written));
        Assert.Equal(0, written);
        Assert.Equal([0xA5], destination);
        Assert.Throws<ArgumentException>("destination", () => InternetChecksum.Hash(Rfc1071, destination));
        Assert.Throws<ArgumentException>("destination", () => InternetChecksum.CopyAndSum(Rfc1071, destination));
        Assert.Equal([0xA5], destination);
    }

    [Fact]
    public void Copying_sums_what_was_there_before_even_onto_itself()
    {
        for (int length = 0; length <= 700; length += 3)
        {
            for (int shift = -70; shift <= 70; shift += 7)
            {
                byte[] bytes = new byte[length + 140];
                new Random(length).NextBytes(bytes);
                byte[] before = bytes.AsSpan(70, length).ToArray();
                Assert.Equal(
                    InternetChecksum.Sum(before), InternetChecksum.CopyAndSum(bytes.AsSpan(70, length), bytes.AsSpan(70 + shift, length)));
                Assert.Equal(before, bytes.AsSpan(70 + shift, length).ToArray());
            }
        }
    }

    [Fact]
    public void Copying_to_a_longer_destination_leaves_its_end_alone()
    {
        byte[] destination = new byte[12];
        Array.Fill(destination, (byte)0xA5);
        Assert.Equal(0xDDF2, InternetChecksum.CopyAndSum(Rfc1071, destination));
        Assert.Equal([.. Rfc1071, 0xA5, 0xA5, 0xA5, 0xA5], destination);
    }

    // The order matters: swapping the lower half of a sum that is not folded yet goes wrong for nearly every odd split.
    [Fact]
    public void Odd_blocks_are_swapped_after_folding()
    {
        var random = new Random(9);
        byte[] bytes = new byte[3000];
        random.NextBytes(bytes);
        for (int i = 0; i < 2000; i++)
        {
            int length = random.Next(bytes.Length + 1), split = random.Next(length + 1);
            ReadOnlySpan<byte> block = bytes.AsSpan(0, length);
            Assert.Equal(
                InternetChecksum.Sum(block),
                InternetChecksum.Combine(InternetChecksum.Sum(block[..split]), InternetChecksum.Sum(block[split..]), split));
        }
    }

    [Fact]
    public void What_was_added_can_be_taken_out_again() => Prop.ForAll<ushort, ushort>((a, b) =>
        IsSameNumber(InternetChecksum.Subtract(InternetChecksum.Add(a, b), b), a)).QuickCheckThrowOnFailure();

    [Fact]
    public void Adding_is_addition_modulo_65535() => Prop.ForAll<ushort, ushort>((a, b) =>
        InternetChecksum.Add(a, b) % 0xFFFF == (a + b) % 0xFFFF && InternetChecksum.Add(a, b) == InternetChecksum.Add(b, a))
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0xFFFF, 0, 0xFFFF)]
    [InlineData(0xFFFF, 0xFFFF, 0xFFFF)]
    [InlineData(0xFFFF, 1, 1)]
    [InlineData(0x8000, 0x8000, 1)]
    public void Carries_go_around(int a, int b, int sum) => Assert.Equal(sum, InternetChecksum.Add((ushort)a, (ushort)b));

    [Fact]
    public void Folding_keeps_the_number_modulo_65535_and_never_makes_zero_of_something()
    {
        var random = new Random(10);
        ulong[] edges = [1, 0xFFFF, 0x10000, 0x1FFFE, 0xFFFF_FFFF, 0x1_0000_0000, 0xFFFF_FFFF_0000_0001, ulong.MaxValue - 1, ulong.MaxValue];
        foreach (ulong sum in edges.Concat(Enumerable.Range(0, 10_000).Select(_ => (ulong)random.NextInt64() << random.Next(2))))
        {
            ushort folded = InternetChecksum.Fold(sum);
            Assert.Equal(sum % 0xFFFF, folded % 0xFFFFu);
            Assert.Equal(sum == 0, folded == 0);
        }
        Assert.Equal(0, InternetChecksum.Fold(0));
    }

    [Fact]
    public void A_sum_is_the_big_endian_number_that_the_wire_shows()
    {
        byte[] checksum = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(checksum, InternetChecksum.Hash(Rfc1071));
        Assert.Equal(0xFFFF, InternetChecksum.Sum([.. Rfc1071, .. checksum]));
    }

    private static bool IsSameNumber(ushort a, ushort b) => a % 0xFFFF == b % 0xFFFF;
}
