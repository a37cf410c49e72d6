using System.Buffers.Binary;
using Wiretrue.Checksums;

namespace Wiretrue.Captures.Inference;

/// <summary>SCTP's checksum: CRC32c, stored little-endian (RFC 9260 6.8), and the Adler-32 that it replaced (RFC 3309).</summary>
internal static class SctpChecksum
{
    private const int FieldOffset = 8;

    /// <summary>Classifies a whole SCTP packet, common header first.</summary>
    public static CapturedChecksum Classify(ReadOnlySpan<byte> sctp)
    {
        ReadOnlySpan<byte> field = sctp.Slice(FieldOffset, sizeof(uint));
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(field);
        if (stored == Crc(sctp))
            return CapturedChecksum.Good;
        if (stored == 0)
            return CapturedChecksum.Zero;
        return BinaryPrimitives.ReadUInt32BigEndian(field) == Adler(sctp) ? CapturedChecksum.Adler32 : CapturedChecksum.Bad;
    }

    // Both checksums cover the field as zero.
    private static uint Crc(ReadOnlySpan<byte> sctp)
    {
        byte[] zeroed = System.Buffers.ArrayPool<byte>.Shared.Rent(sctp.Length);
        sctp.CopyTo(zeroed);
        zeroed.AsSpan(FieldOffset, sizeof(uint)).Clear();
        uint crc = Crc32C.HashToUInt32(zeroed.AsSpan(0, sctp.Length));
        System.Buffers.ArrayPool<byte>.Shared.Return(zeroed);
        return crc;
    }

    private static uint Adler(ReadOnlySpan<byte> sctp)
    {
        const uint Modulus = 65521;
        uint a = 1, b = 0;
        for (int i = 0; i < sctp.Length; i++)
        {
            uint value = i is >= FieldOffset and < FieldOffset + sizeof(uint) ? 0u : sctp[i];
            a = (a + value) % Modulus;
            b = (b + a) % Modulus;
        }
        return b << 16 | a;
    }
}
