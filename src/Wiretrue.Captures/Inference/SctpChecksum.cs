using System.Buffers.Binary;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Inference;

/// <summary>SCTP's checksum: CRC32c, stored little-endian (RFC 9260 6.8), and the Adler-32 that it replaced (RFC 3309).</summary>
internal static class SctpChecksum
{
    /// <summary>Classifies a whole SCTP packet, common header first.</summary>
    public static CapturedChecksum Classify(ReadOnlySpan<byte> sctp)
    {
        ReadOnlySpan<byte> field = sctp.Slice(SctpHeader.ChecksumOffset, sizeof(uint));
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(field);
        if (stored == TransportChecksum.SctpHash(sctp))
            return CapturedChecksum.Good;
        if (stored == 0)
            return CapturedChecksum.Zero;
        return BinaryPrimitives.ReadUInt32BigEndian(field) == Adler(sctp) ? CapturedChecksum.Adler32 : CapturedChecksum.Bad;
    }

    // Like the CRC, it covers the field as zero.
    private static uint Adler(ReadOnlySpan<byte> sctp)
    {
        const uint Modulus = 65521;
        uint a = 1, b = 0;
        for (int i = 0; i < sctp.Length; i++)
        {
            uint value = i is >= SctpHeader.ChecksumOffset and < SctpHeader.ChecksumOffset + sizeof(uint) ? 0u : sctp[i];
            a = (a + value) % Modulus;
            b = (b + a) % Modulus;
        }
        return b << 16 | a;
    }
}
