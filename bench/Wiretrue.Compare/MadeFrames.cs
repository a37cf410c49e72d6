namespace Wiretrue.Compare;

/// <summary>What a side made of its input: how many frames, and a digest of their bytes.</summary>
/// <param name="Count">Frames.</param>
/// <param name="Digest">FNV-1a with 64 bits, over the frames in order.</param>
internal readonly record struct MadeFrames(int Count, ulong Digest)
{
    /// <summary>The digest of nothing.</summary>
    public const ulong EmptyDigest = 0xCBF29CE484222325;

    private const ulong Prime = 0x100000001B3;

    /// <summary>The digest of what was digested and <paramref name="bytes"/>.</summary>
    public static ulong Append(ulong digest, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
            digest = (digest ^ value) * Prime;
        return digest;
    }
}
