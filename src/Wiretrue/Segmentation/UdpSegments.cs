using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>UDP's part in cutting a super-datagram into datagrams (<c>__udp_gso_segment</c>, net/ipv4/udp_offload.c).</summary>
/// <remarks>Each datagram has its own length and checksum. One that comes out as 0 is sent as 0xFFFF (RFC 768).</remarks>
internal struct UdpSegments(OffloadState offload) : ISegmentTransport
{
    private ulong _sum;

    public static int ChecksumOffset => UdpHeader.ChecksumOffset;

    public bool ChecksumIsAbsent { get; private set; }

    public readonly bool FirstDiffers => false;

    public void Open(Span<byte> header, int segmentPayload)
    {
        // Nothing is owed and the field is 0: the sender wanted no checksum (RFC 768, RFC 6935), so the datagrams have none either.
        ChecksumIsAbsent = offload.Checksum != ChecksumState.Partial && BinaryPrimitives.ReadUInt16BigEndian(header[ChecksumOffset..]) == 0;
    }

    public void Prepare(Span<byte> header, int payloadLength, ushort pseudoHeader)
    {
        UdpHeader.SetLength(header, (ushort)(header.Length + payloadLength));
        UdpHeader.SetChecksum(header, 0);
        _sum = (ulong)pseudoHeader + InternetChecksum.Sum(header);
    }

    public readonly ulong Write(Span<byte> header, int index, bool isLast) => _sum;

    /// <summary>Datagrams are all alike, but for their checksums.</summary>
    public readonly void Write(Span<byte> headers, int offset, int stride, int index)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ulong HeaderSum(int index) => _sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort ChecksumOf(ulong sum)
    {
        ushort checksum = (ushort)~InternetChecksum.Fold(sum);
        return checksum == 0 ? (ushort)0xFFFF : checksum;
    }
}
