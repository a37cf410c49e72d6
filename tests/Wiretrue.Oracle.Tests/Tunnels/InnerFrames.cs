using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Testing.Kernel;

namespace Wiretrue.Oracle.Tests.Tunnels;

/// <summary>Compares frames before and after a tunnel.</summary>
internal static class InnerFrames
{
    /// <summary>
    /// The first difference in words, or null. Who completes a checksum writes all ones where it comes to zero, and who cuts TCP writes zero: both verify.
    /// </summary>
    public static string? Difference(List<byte[]> expected, List<byte[]> received, SuperFrame sent)
    {
        if (expected.Count == received.Count && (sent.Header.Flags & VnetHeader.NeedsChecksum) != 0)
        {
            int field = sent.Header.ChecksumStart + sent.Header.ChecksumOffset;
            for (int i = 0; i < expected.Count; i++)
                TakeAllOnesForZero(expected[i], received[i], field);
        }
        return FrameComparison.Difference(expected, received);
    }

    private static void TakeAllOnesForZero(byte[] expected, byte[] received, int field)
    {
        if (field + 2 > Math.Min(expected.Length, received.Length))
            return;
        Span<byte> one = expected.AsSpan(field, 2), other = received.AsSpan(field, 2);
        if (one is [0, 0] && other is [0xFF, 0xFF])
            one.Fill(0xFF);
        else if (other is [0, 0] && one is [0xFF, 0xFF])
            other.Fill(0xFF);
    }
}
