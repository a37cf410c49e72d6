using System.Buffers.Binary;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

public sealed class SipHashTests
{
    private static readonly byte[] Counting = [.. Enumerable.Range(0, 64).Select(i => (byte)i)];
    private static readonly UInt128 Key = BinaryPrimitives.ReadUInt128LittleEndian(Counting);

    /// <summary>The example of the paper's appendix A: bytes 0 to 14 under the key of bytes 0 to 15.</summary>
    [Fact]
    public void The_papers_example_comes_out() => Assert.Equal(0xA129CA6149BE45E5, Hash(Key, Counting.AsSpan(0, 15)));

    /// <summary>The first of the authors' list of test vectors: no bytes at all.</summary>
    [Fact]
    public void No_bytes_have_the_hash_that_the_authors_give() => Assert.Equal(0x726FDB47DD0E0E31u, Hash(Key, []));

    [Fact]
    public void Every_bit_of_key_and_bytes_counts()
    {
        ulong plain = Hash(Key, Counting.AsSpan(0, 21));
        var seen = new HashSet<ulong> { plain };
        for (int bit = 0; bit < 128; bit++)
            Assert.True(seen.Add(Hash(Key ^ (UInt128.One << bit), Counting.AsSpan(0, 21))));
        for (int bit = 0; bit < 21 * 8; bit++)
        {
            byte[] bytes = [.. Counting[..21]];
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(seen.Add(Hash(Key, bytes)));
        }
    }

    private static ulong Hash(UInt128 key, ReadOnlySpan<byte> bytes)
    {
        var hash = new SipHash(key);
        for (; bytes.Length >= 8; bytes = bytes[8..])
            hash.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        Span<byte> rest = stackalloc byte[8];
        rest.Clear();
        bytes.CopyTo(rest);
        return hash.Finish(BinaryPrimitives.ReadUInt64LittleEndian(rest), bytes.Length);
    }
}
