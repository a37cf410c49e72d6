namespace Wiretrue.Checksums;

/// <summary>CRC32c (Castagnoli), as SCTP uses it (RFC 9260 appendix A).</summary>
public struct Crc32C
{
    /// <summary>The CRC of <paramref name="data"/>, inverted at the end; SCTP stores it little-endian.</summary>
    public static uint HashToUInt32(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
            crc = System.Numerics.BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
