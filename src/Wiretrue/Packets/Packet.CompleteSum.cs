using Wiretrue.Checksums;

namespace Wiretrue.Packets;

public sealed partial class Packet
{
    /// <summary>
    /// The front moved by <paramref name="pushed"/>: a sum that began in front of it no longer covers the bytes that went
    /// (<c>skb_postpull_rcsum</c>).
    /// </summary>
    private void MoveChecksumStart(int pushed)
    {
        int start = _offload.ChecksumStart + pushed;
        if (_offload.Checksum != ChecksumState.Complete || start >= 0)
        {
            _offload = _offload with { ChecksumStart = start };
            return;
        }
        int gone = -start;
        ushort pulled = InternetChecksum.Sum(_page!.Bytes.AsSpan(_extent.DataStart - gone, gone));
        ushort rest = InternetChecksum.Subtract(_offload.CompleteSum, pulled);
        // After an odd number of bytes the rest has its bytes in the other halves of the words.
        _offload = _offload with { ChecksumStart = 0, CompleteSum = InternetChecksum.Combine(0, rest, gone) };
    }

    /// <summary>
    /// Takes what is behind <paramref name="length"/> out of the sum, before it is cut off (<c>pskb_trim_rcsum</c>): padding need not be zero.
    /// </summary>
    private void TrimCompleteSum(int length)
    {
        int start = _offload.ChecksumStart;
        if (length < start)
        {
            ForgetCompleteSum();
            return;
        }
        ushort tail = InternetChecksum.Combine(0, Sum(length, Length - length), length - start);
        _offload = _offload with { CompleteSum = InternetChecksum.Subtract(_offload.CompleteSum, tail) };
    }

    /// <summary>Bytes come that the device had not summed: nothing is verified any more.</summary>
    private void ForgetCompleteSum()
    {
        if (_offload.Checksum == ChecksumState.Complete)
            _offload = _offload with { Checksum = ChecksumState.None, ChecksumStart = 0, CompleteSum = 0 };
    }
}
