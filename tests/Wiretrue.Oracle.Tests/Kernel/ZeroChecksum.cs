using System.Buffers.Binary;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>Forges payloads so that a checksum comes to zero, which random ones seldom do.</summary>
internal static class ZeroChecksum
{
    /// <summary>
    /// The same super-frame with two bytes of payload changed: the checksum of the segment <paramref name="index"/> comes to 0 then. Null when
    /// that segment has no two bytes, or other headers than the super-frame (which lost a jumbo payload option).
    /// </summary>
    /// <param name="sent">The super-frame.</param>
    /// <param name="segments">What it is cut into, checksums done.</param>
    /// <param name="index">Which segment.</param>
    public static SuperFrame? Forge(SuperFrame sent, List<byte[]> segments, int index)
    {
        int transport = sent.Header.ChecksumStart;
        bool tcp = sent.Header.ChecksumOffset == 16;
        int payload = transport + (tcp ? (sent.Frame[transport + 12] >> 4) * 4 : 8);
        int length = segments[index].Length - payload;
        bool sameHeaders = segments[index].AsSpan(transport, 4).SequenceEqual(sent.Frame.AsSpan(transport, 4));
        if (length < 2 || !sameHeaders)
            return null;
        // ~(rest + word) is the checksum, so rest + (word + checksum) is all ones: what is inverted is 0.
        int at = payload + (index * sent.Header.GsoSize);
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(segments[index].AsSpan(transport + sent.Header.ChecksumOffset));
        byte[] frame = [.. sent.Frame];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(at), PlainSum.Sum(frame.AsSpan(at, 2), checksum));
        return sent with { Frame = frame, Description = $"{sent.Description}, segment {index + 1} forged" };
    }
}
