using Wiretrue.Checksums;

namespace Wiretrue.Tests.Checksums;

public class InternetChecksumIncrementalTests
{
    private static readonly byte[] Bytes = MakeBytes();

    [Fact]
    public void A_new_value_is_the_checksum_of_no_bytes()
    {
        Assert.Equal(InternetChecksum.Hash([]), default(InternetChecksum).GetCurrentHash());
        Assert.Equal(0, default(InternetChecksum).CurrentSum);
    }

    [Fact]
    public void Any_split_into_blocks_gives_the_checksum_of_the_whole()
    {
        var random = new Random(12);
        for (int i = 0; i < 1000; i++)
        {
            var checksum = default(InternetChecksum);
            int total = random.Next(Bytes.Length), at = 0;
            while (at < total)
            {
                int length = Math.Min(total - at, random.Next(i % 2 == 0 ? 5 : 300));
                checksum.Append(Bytes.AsSpan(at, length));
                at += length;
            }
            Assert.Equal(InternetChecksum.Hash(Bytes.AsSpan(0, total)), checksum.GetCurrentHash());
        }
    }

    [Fact]
    public void A_byte_at_a_time_gives_the_checksum_of_the_whole()
    {
        var checksum = default(InternetChecksum);
        for (int i = 0; i < Bytes.Length; i++)
        {
            Assert.Equal(InternetChecksum.Sum(Bytes.AsSpan(0, i)), checksum.CurrentSum);
            checksum.Append(Bytes.AsSpan(i, 1));
        }
    }

    [Fact]
    public void Blocks_copied_on_the_way_arrive_and_count()
    {
        byte[] destination = new byte[Bytes.Length];
        var checksum = default(InternetChecksum);
        checksum.CopyAndAppend(Bytes.AsSpan(0, 333), destination);
        checksum.CopyAndAppend(Bytes.AsSpan(333), destination.AsSpan(333));
        Assert.Equal(InternetChecksum.Hash(Bytes), checksum.GetCurrentHash());
        Assert.Equal(Bytes, destination);
    }

    [Fact]
    public void A_block_whose_sum_is_known_counts_like_its_bytes()
    {
        foreach (int split in (int[])[0, 1, 12, 333, Bytes.Length])
        {
            var checksum = default(InternetChecksum);
            checksum.Append(Bytes.AsSpan(0, split));
            checksum.AppendSum(InternetChecksum.Sum(Bytes.AsSpan(split)), Bytes.Length - split);
            Assert.Equal(InternetChecksum.Hash(Bytes), checksum.GetCurrentHash());
        }
    }

    [Fact]
    public void A_negative_length_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("blockLength", () => default(InternetChecksum).AppendSum(1, -1));

    [Fact]
    public void Reading_the_checksum_leaves_it_open_and_resetting_starts_again()
    {
        var checksum = default(InternetChecksum);
        checksum.Append([0x12, 0x34, 0x56]);
        Assert.Equal(checksum.GetCurrentHash(), checksum.GetHashAndReset());
        checksum.Append([0x12, 0x34]);
        Assert.Equal(0xEDCB, checksum.GetCurrentHash());
        checksum.Reset();
        Assert.Equal(0xFFFF, checksum.GetCurrentHash());
    }

    [Fact]
    public void A_copy_goes_on_by_itself()
    {
        var checksum = default(InternetChecksum);
        checksum.Append([0x12]);
        InternetChecksum copy = checksum;
        copy.Append([0x34]);
        Assert.Equal(0x1234, copy.CurrentSum);
        Assert.Equal(0x1200, checksum.CurrentSum);
    }

    [Fact]
    public void The_checksum_is_written_in_network_order_where_there_is_room()
    {
        var checksum = default(InternetChecksum);
        checksum.Append([0x12, 0x34]);
        byte[] destination = [0xA5, 0xA5, 0xA5];
        Assert.True(checksum.TryGetCurrentHash(destination, out int written));
        Assert.Equal(2, written);
        Assert.Equal([0xED, 0xCB, 0xA5], destination);
        Assert.False(checksum.TryGetCurrentHash(destination.AsSpan(0, 1), out written));
        Assert.Equal(0, written);
    }

    private static byte[] MakeBytes()
    {
        var bytes = new byte[2001];
        new Random(13).NextBytes(bytes);
        return bytes;
    }
}
