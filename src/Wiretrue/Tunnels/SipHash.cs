using System.Numerics;

namespace Wiretrue.Tunnels;

/// <summary>A keyed hash of 64-bit words: SipHash-2-4, which the kernel's flow hash uses as well (<c>siphash</c>, linux/siphash.h).</summary>
/// <remarks>
/// J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF". Who does not know the key can't choose flows that meet in one port.
/// </remarks>
internal ref struct SipHash
{
    private ulong _v0;
    private ulong _v1;
    private ulong _v2;
    private ulong _v3;
    private ulong _length;

    public SipHash(UInt128 key)
    {
        // The key's first eight bytes are its low half: it is read little-endian.
        ulong k0 = (ulong)key, k1 = (ulong)(key >> 64);
        // "somepseudorandomlygeneratedbytes": the constants keep the four words apart whatever the key.
        _v0 = k0 ^ 0x736F6D6570736575;
        _v1 = k1 ^ 0x646F72616E646F6D;
        _v2 = k0 ^ 0x6C7967656E657261;
        _v3 = k1 ^ 0x7465646279746573;
    }

    /// <summary>Adds eight bytes, given as the little-endian number that they are.</summary>
    public void Add(ulong word)
    {
        _v3 ^= word;
        Round();
        Round();
        _v0 ^= word;
        _length += sizeof(ulong);
    }

    /// <summary>Adds the last bytes, seven at the most, and returns the hash.</summary>
    public ulong Finish(ulong rest, int count)
    {
        Add(((_length + (ulong)count) << 56) | rest);
        _v2 ^= 0xFF;
        for (int i = 0; i < 4; i++)
            Round();
        return _v0 ^ _v1 ^ _v2 ^ _v3;
    }

    private void Round()
    {
        _v0 += _v1;
        _v2 += _v3;
        _v1 = BitOperations.RotateLeft(_v1, 13) ^ _v0;
        _v3 = BitOperations.RotateLeft(_v3, 16) ^ _v2;
        _v0 = BitOperations.RotateLeft(_v0, 32);
        _v2 += _v1;
        _v0 += _v3;
        _v1 = BitOperations.RotateLeft(_v1, 17) ^ _v2;
        _v3 = BitOperations.RotateLeft(_v3, 21) ^ _v0;
        _v2 = BitOperations.RotateLeft(_v2, 32);
    }
}
