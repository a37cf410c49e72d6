using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>TCP's part in cutting (<c>tcp_gso_segment</c>, net/ipv4/tcp_offload.c).</summary>
/// <remarks>
/// The sequence number advances by the payload. FIN and PSH belong to the last byte, so to the last segment. CWR answers one ECN echo
/// (RFC 3168 6.1.2), so the first segment alone keeps it, unless the connection speaks AccECN, where it is part of a counter. All other
/// flags and the options are in every segment.
/// </remarks>
internal struct TcpSegments(GsoType type) : ISegmentTransport
{
    private uint _sequence;
    private uint _segmentPayload;
    private byte _firstOnly;
    private byte _lastOnly;
    private byte _always;
    private ushort _constantSum;
    private ulong _sum;

    public static int ChecksumOffset => TcpHeader.ChecksumOffset;

    public readonly bool ChecksumIsAbsent => false;

    public readonly bool FirstDiffers => _firstOnly != 0;

    public void Open(Span<byte> header, int segmentPayload)
    {
        var flags = (TcpFlags)header[TcpHeader.FlagsOffset];
        _segmentPayload = (uint)segmentPayload;
        _sequence = BinaryPrimitives.ReadUInt32BigEndian(header[TcpHeader.SequenceOffset..]);
        _firstOnly = (type & GsoType.TcpAccurateEcn) == 0 ? (byte)(flags & TcpFlags.Cwr) : (byte)0;
        _lastOnly = (byte)(flags & (TcpFlags.Fin | TcpFlags.Psh));
        _always = (byte)((byte)flags & ~(_firstOnly | _lastOnly));

        // Without what differs, and before anything is stored: a sum over bytes that were just stored one by one would wait for the stores.
        _constantSum = InternetChecksum.Subtract(InternetChecksum.Sum(header), BinaryPrimitives.ReadUInt16BigEndian(header[ChecksumOffset..]));
        _constantSum = InternetChecksum.Subtract(_constantSum, InternetChecksum.Fold((ulong)_sequence + _firstOnly + _lastOnly));
        header[TcpHeader.FlagsOffset] = _always;
    }

    public void Prepare(Span<byte> header, int payloadLength, ushort pseudoHeader) => _sum = (ulong)pseudoHeader + _constantSum;

    public readonly ulong Write(Span<byte> header, int index, bool isLast)
    {
        TcpHeader.SetSequence(header, SequenceOf(index));
        uint flags = 0;
        if (index == 0)
            flags |= _firstOnly;
        if (isLast)
            flags |= _lastOnly;
        header[TcpHeader.FlagsOffset] = (byte)(_always | flags);
        return HeaderSum(index) + flags;
    }

    public readonly void Write(Span<byte> headers, int offset, int stride, int index)
    {
        uint sequence = SequenceOf(index);
        uint step = _segmentPayload;
        for (int at = offset; at < headers.Length; at += stride)
        {
            TcpHeader.SetSequence(headers.Slice(at, TcpHeader.MinimumSize), sequence);
            sequence += step;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ulong HeaderSum(int index)
    {
        uint sequence = SequenceOf(index);
        return _sum + (sequence >> 16) + (ushort)sequence;
    }

    /// <summary>The folded value as it is: 0 is a checksum like any other for TCP, and Linux sends it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort ChecksumOf(ulong sum) => (ushort)~InternetChecksum.Fold(sum);

    /// <summary>In 32-bit arithmetic, which wraps as sequence numbers do; 16 bits would break above 64 KiB.</summary>
    private readonly uint SequenceOf(int index) => _sequence + ((uint)index * _segmentPayload);
}
