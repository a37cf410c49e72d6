using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Wiretrue.Checksums;

namespace Wiretrue.Tests.Checksums;

public class InternetChecksumUpdateTests
{
    // RFC 1624 section 4: equation 4 gives 0xFFFF here, which is wrong.
    [Fact]
    public void The_example_of_the_RFC_becomes_positive_zero() => Assert.Equal(0x0000, InternetChecksum.Update(0xDD2F, 0x5555, 0x3285));

    [Fact]
    public void A_changed_word_gives_the_checksum_that_a_whole_new_sum_gives() =>
        Prop.ForAll<ushort[], ushort, byte>((words, word, where) =>
        {
            // A covered word that is never zero, such as an IPv4 header's first, is what keeps 0 and 0xFFFF apart.
            byte[] bytes = Bytes([0x4500, .. words, 0]);
            int at = 2 * (1 + (where % (words.Length + 1)));
            ushort before = InternetChecksum.Hash(bytes);
            ushort old = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), word);
            return InternetChecksum.Update(before, old, word) == InternetChecksum.Hash(bytes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_changed_double_word_gives_the_checksum_that_a_whole_new_sum_gives() =>
        Prop.ForAll<ushort[], uint, byte>((words, word, where) =>
        {
            byte[] bytes = Bytes([0x4500, .. words, 0, 0]);
            int at = 2 * (1 + (where % (words.Length + 1)));
            ushort before = InternetChecksum.Hash(bytes);
            uint old = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), word);
            return InternetChecksum.Update(before, old, word) == InternetChecksum.Hash(bytes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_changed_range_gives_the_checksum_that_a_whole_new_sum_gives_at_odd_offsets_too()
    {
        var random = new Random(11);
        for (int i = 0; i < 5000; i++)
        {
            byte[] bytes = new byte[1 + random.Next(300)];
            random.NextBytes(bytes);
            bytes[0] |= 1;
            ushort before = InternetChecksum.Hash(bytes);
            int start = 1 + random.Next(bytes.Length), length = random.Next(bytes.Length - start + 1);
            byte[] old = bytes.AsSpan(start, length).ToArray();
            random.NextBytes(bytes.AsSpan(start, length));
            Assert.Equal(InternetChecksum.Hash(bytes), InternetChecksum.Update(before, old, bytes.AsSpan(start, length), start));
        }
    }

    [Fact]
    public void A_range_may_grow_by_an_even_number_of_bytes()
    {
        byte[] before = [0x45, 0x00, 0x12, 0x34, 0x56, 0x78, 0x9A];
        byte[] after = [0x45, 0x00, 0xAB, 0xCD, 0xEF, 0x01, 0x56, 0x78, 0x9A];
        Assert.Equal(
            InternetChecksum.Hash(after),
            InternetChecksum.Update(InternetChecksum.Hash(before), before.AsSpan(2, 2), after.AsSpan(2, 4), offset: 2));
    }

    [Fact]
    public void Nothing_changed_leaves_the_checksum_alone() => Prop.ForAll<ushort, uint>((checksum, word) =>
        InternetChecksum.Update((ushort)(checksum % 0xFFFF), word, word) == checksum % 0xFFFF).QuickCheckThrowOnFailure();

    private static byte[] Bytes(ushort[] words)
    {
        var bytes = new byte[words.Length * 2];
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(i * 2), words[i]);
        return bytes;
    }
}
