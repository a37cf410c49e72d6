namespace Wiretrue.Checksums;

/// <summary>CRC32c a bit at a time, as RFC 9260 appendix A defines it: what every other one is held against.</summary>
internal static class Crc32CReference
{
    /// <summary>The polynomial with its bits reflected, as the least significant bit goes first: x^32 itself is left out.</summary>
    public const uint Polynomial = 0x82F63B78;

    /// <summary>The state, not inverted, after <paramref name="data"/>.</summary>
    public static uint Update(uint state, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
        {
            state ^= value;
            for (int bit = 0; bit < 8; bit++)
                state = (state >> 1) ^ ((state & 1) * Polynomial);
        }

        return state;
    }
}
