using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive.Coalescing;

/// <summary>
/// The shortcut for the common case, TCP in order: all headers are compared with those of the held packet at once, under a mask that leaves out
/// what differs from frame to frame.
/// </summary>
/// <remarks>
/// <code>
///   0       link        N     IP              T      TCP             HeaderLength        128
///   +--------------------+----------------------+----------------------+-----------------+
///   | FF FF .. FF FF     | .. length, ID, sum   | .. seq, FIN PSH, sum | 00 00 00 00     |   mask: these are 00
///   +--------------------+----------------------+----------------------+-----------------+
/// </code>
/// What is equal there has been judged already, when the packet was held and the second one joined; what is left out is looked at here. Nothing is
/// ever refused here: a frame that does not fit takes the way through the layers, which decides. So a frame joins here only if it joins there.
/// </remarks>
internal sealed class HeaderMatch
{
    /// <summary>Bytes that are compared; no shorter frame, and no longer headers, can be.</summary>
    public const int Width = 128;

    private const int EndingFlags = (int)(TcpFlags.Fin | TcpFlags.Psh);

    private Vector512<byte> _lowMask;
    private Vector512<byte> _highMask;
    private Vector512<byte> _low;
    private Vector512<byte> _high;

    private int _headerLength;
    private int _networkOffset;
    private int _transportOffset;
    private bool _isIPv6;
    private ushort _networkSum;
    private ushort _pseudoHeader;
    private uint _sequence;
    private ushort _identification;
    private bool _hasFixedId;

    /// <summary>There is something to compare with.</summary>
    public bool IsLearned { get; private set; }

    /// <summary>There is nothing to compare with.</summary>
    public void Forget() => IsLearned = false;

    /// <summary>Learns the headers of a packet of TCP, outside of tunnels, that another one joined.</summary>
    public void Learn(HeldPacket held)
    {
        if (IsLearned || held.IsEncapsulated || held.IsList || held.HeaderLength > Width)
            return;
        _headerLength = held.HeaderLength;
        _networkOffset = held.NetworkOffset(inner: false);
        _transportOffset = held.TransportOffset;
        ReadOnlySpan<byte> bytes = held.Bytes[.._headerLength];
        _isIPv6 = bytes[_networkOffset] >> 4 == 6;

        Span<byte> mask = stackalloc byte[Width];
        mask.Clear();
        mask[.._headerLength].Fill(0xFF);
        if (_isIPv6)
        {
            mask.Slice(_networkOffset + 4, 2).Clear();
        }
        else
        {
            mask.Slice(_networkOffset + 2, 4).Clear();
            mask.Slice(_networkOffset + IPv4Header.ChecksumOffset, 2).Clear();
        }
        mask.Slice(_transportOffset + 4, 4).Clear();
        mask[_transportOffset + 13] = unchecked((byte)~EndingFlags);
        mask.Slice(_transportOffset + TcpHeader.ChecksumOffset, 4).Clear();

        Span<byte> expected = stackalloc byte[Width];
        expected.Clear();
        for (int i = 0; i < bytes.Length; i++)
            expected[i] = (byte)(bytes[i] & mask[i]);
        _lowMask = Vector512.Create<byte>(mask[..64]);
        _highMask = Vector512.Create<byte>(mask[64..]);
        _low = Vector512.Create<byte>(expected[..64]);
        _high = Vector512.Create<byte>(expected[64..]);

        _networkSum = InternetChecksum.Sum(expected.Slice(_networkOffset, IPv4Header.MinimumSize));
        _pseudoHeader = InternetChecksum.Fold(NetworkFlush.PseudoHeader(bytes, _networkOffset, IPProtocol.Tcp, 0));
        _sequence = BinaryPrimitives.ReadUInt32BigEndian(bytes[(_transportOffset + 4)..]);
        _identification = BinaryPrimitives.ReadUInt16BigEndian(bytes[(_networkOffset + 4)..]);
        _hasFixedId = (held.FixedIds & 1) != 0;
        IsLearned = true;
    }

    /// <summary>Joins <paramref name="packet"/> if that can be told from here; false when the layers have to be asked.</summary>
    /// <param name="held">The packet that was learned from.</param>
    /// <param name="packet">Taken over when it joins.</param>
    /// <param name="ends">It joined, and is the last to.</param>
    public bool TryJoin(HeldPacket held, Packet packet, out bool ends)
    {
        ends = false;
        if (!IsLearned || !packet.IsWholeAndLinear)
            return false;
        ReadOnlySpan<byte> bytes = packet.Linear;
        int payload = bytes.Length - _headerLength;
        ref readonly OffloadState state = ref packet.State;
        if (bytes.Length < Width || payload <= 0 || payload > held.SegmentSize || held.Length + payload >= held.MaxLength
            || held.Count == ushort.MaxValue || !held.IsSameLink(packet, state) || !IsAlike(bytes))
        {
            return false;
        }
        if (!IsNextInNetwork(bytes, held.Count) || !IsNextInTransport(bytes, held.PayloadLength))
            return false;
        bool isGood = state.Checksum switch
        {
            ChecksumState.Unnecessary => true,
            ChecksumState.None => HasGoodChecksum(bytes),
            _ => false,
        };
        if (!isGood)
            return false;

        int flags = bytes[_transportOffset + 13] & EndingFlags;
        ends = payload < held.SegmentSize || flags != 0;
        held.EndFlags |= (TcpFlags)flags;
        held.AppendFrame(packet, _headerLength, payload);
        return true;
    }

    /// <summary>Compares under the mask. The caller saw to there being <see cref="Width"/> bytes.</summary>
    private bool IsAlike(ReadOnlySpan<byte> bytes)
    {
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        Vector512<byte> low = (Vector512.LoadUnsafe(ref first) & _lowMask) ^ _low;
        Vector512<byte> high = (Vector512.LoadUnsafe(ref first, 64) & _highMask) ^ _high;
        return (low | high) == Vector512<byte>.Zero;
    }

    private bool IsNextInNetwork(ReadOnlySpan<byte> bytes, int count)
    {
        int length = bytes.Length - _networkOffset;
        if (_isIPv6)
            return BinaryPrimitives.ReadUInt16BigEndian(bytes[(_networkOffset + 4)..]) == length - IPv6Header.Size;
        ReadOnlySpan<byte> header = bytes.Slice(_networkOffset, IPv4Header.MinimumSize);
        ushort totalLength = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        ushort identification = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(header[IPv4Header.ChecksumOffset..]);
        var expected = (ushort)(_identification + (_hasFixedId ? 0 : count));
        return totalLength == length && identification == expected
            && InternetChecksum.Fold((ulong)_networkSum + totalLength + identification + checksum) == 0xFFFF;
    }

    private bool IsNextInTransport(ReadOnlySpan<byte> bytes, int payloadLength) =>
        BinaryPrimitives.ReadUInt32BigEndian(bytes[(_transportOffset + 4)..]) == _sequence + (uint)payloadLength;

    private bool HasGoodChecksum(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> segment = bytes[_transportOffset..];
        return InternetChecksum.Fold((ulong)InternetChecksum.Sum(segment) + _pseudoHeader + (uint)segment.Length) == 0xFFFF;
    }
}
