using System.Buffers.Binary;
using Wiretrue.Checksums;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Inference;

/// <summary>The checksum of an IPv4 header.</summary>
internal static class IPv4Checksum
{
    /// <summary>Where it is, in bytes from the header's first.</summary>
    public const int FieldOffset = 10;

    /// <summary>Good, Zero, Bad, or Unverifiable when the header was not captured whole.</summary>
    public static CapturedChecksum Classify(ReadOnlySpan<byte> packet, in Layer layer)
    {
        if (layer.ContentOffset > packet.Length)
            return CapturedChecksum.Unverifiable;
        ReadOnlySpan<byte> header = packet.Slice(layer.Offset, layer.HeaderLength);
        if (InternetChecksum.Verify(header))
            return CapturedChecksum.Good;
        return BinaryPrimitives.ReadUInt16BigEndian(header[FieldOffset..]) == 0 ? CapturedChecksum.Zero : CapturedChecksum.Bad;
    }

    /// <summary>Makes it anew.</summary>
    public static void Write(Span<byte> header)
    {
        header.Slice(FieldOffset, InternetChecksum.SizeInBytes).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(header[FieldOffset..], InternetChecksum.Hash(header));
    }
}
