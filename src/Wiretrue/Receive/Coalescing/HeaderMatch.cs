using System.Buffers.Binary;
using System.Runtime.CompilerServices;
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
/// What is equal there has been judged already, when the packet was held; what is left out is looked at here. Nothing is ever refused here: a
/// frame that does not fit takes the way through the layers, which decides. So a frame joins here only if it joins there.
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

    // What the masks were made for: they stay when the next packet that is held here has its headers at the same places.
    private int _headerLength;
    private int _networkOffset;
    private int _transportOffset;
    private bool _isIPv6;

    private ushort _networkSum;
    private ushort _pseudoHeader;
    private uint _sequence;
    private ushort _identification;

    /// <summary>There is something to compare with.</summary>
    public bool IsLearned { get; private set; }

    /// <summary>There is nothing to compare with.</summary>
    public void Forget() => IsLearned = false;

    /// <summary>Learns the headers of a frame of TCP, outside of tunnels, that is held from now on and that others can join.</summary>
    public void Learn(HeldPacket held)
    {
        ReadOnlySpan<byte> bytes = held.Bytes;
        IsLearned = held.HeaderLength <= Width && bytes.Length >= Width;
        if (!IsLearned)
            return;
        int network = held.NetworkOffset(inner: false);
        bool isIPv6 = bytes[network] >> 4 == 6;
        if (_headerLength != held.HeaderLength || _networkOffset != network || _transportOffset != held.TransportOffset || _isIPv6 != isIPv6)
        {
            _headerLength = held.HeaderLength;
            _networkOffset = network;
            _transportOffset = held.TransportOffset;
            _isIPv6 = isIPv6;
            MakeMasks();
        }
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        _low = Vector512.LoadUnsafe(ref first) & _lowMask;
        _high = Vector512.LoadUnsafe(ref first, 64) & _highMask;
        _pseudoHeader = InternetChecksum.Fold(NetworkFlush.PseudoHeader(bytes, network, IPProtocol.Tcp, 0));
        _sequence = BinaryPrimitives.ReadUInt32BigEndian(bytes[(_transportOffset + 4)..]);
        ReadOnlySpan<byte> header = bytes.Slice(network, IPv4Header.MinimumSize);
        _identification = IPv4Coalescing.Identification(header);
        // With those left out the header sums up to 0xFFFF, so this is the sum of all others.
        _networkSum = InternetChecksum.Fold(
            (ulong)(ushort)~_identification + (ushort)~TotalLength(header) + (ushort)~Checksum(header));
    }

    /// <summary>Joins <paramref name="packet"/> if that can be told from here; false when the layers have to be asked.</summary>
    /// <param name="held">The packet that was learned from.</param>
    /// <param name="packet">Taken over when it joins.</param>
    /// <param name="ends">It joined, and is the last to.</param>
    // A method of its own: inlined into its callers it would use up what the compiler allows them to inline, and call for every field it reads.
    [MethodImpl(MethodImplOptions.NoInlining)]
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
        if (!IsNextInNetwork(bytes, held, out bool hasFixedId) || !IsNextInTransport(bytes, held.PayloadLength))
            return false;
        bool isGood = state.Checksum switch
        {
            ChecksumState.Unnecessary => true,
            ChecksumState.None => HasGoodChecksum(bytes),
            _ => false,
        };
        if (!isGood)
            return false;

        if (hasFixedId)
            held.FixedIds |= 1;
        int flags = bytes[_transportOffset + 13] & EndingFlags;
        ends = payload < held.SegmentSize || flags != 0;
        held.EndFlags |= (TcpFlags)flags;
        held.AppendFrame(packet, _headerLength, payload);
        return true;
    }

    /// <summary>Compares under the mask. The caller saw to there being <see cref="Width"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsAlike(ReadOnlySpan<byte> bytes)
    {
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        Vector512<byte> low = (Vector512.LoadUnsafe(ref first) & _lowMask) ^ _low;
        Vector512<byte> high = (Vector512.LoadUnsafe(ref first, 64) & _highMask) ^ _high;
        return (low | high) == Vector512<byte>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsNextInNetwork(ReadOnlySpan<byte> bytes, HeldPacket held, out bool hasFixedId)
    {
        hasFixedId = false;
        int length = bytes.Length - _networkOffset;
        if (_isIPv6)
            return BinaryPrimitives.ReadUInt16BigEndian(bytes[(_networkOffset + 4)..]) == length - IPv6Header.Size;
        ReadOnlySpan<byte> header = bytes.Slice(_networkOffset, IPv4Header.MinimumSize);
        ushort totalLength = TotalLength(header);
        ushort identification = IPv4Coalescing.Identification(header);
        var distance = (ushort)(identification - _identification);
        // The second packet decides, as in IPv4Coalescing.Differs.
        hasFixedId = held.Count == 1 ? distance == 0 : (held.FixedIds & 1) != 0;
        return totalLength == length && distance == (hasFixedId ? 0 : (ushort)held.Count)
            && InternetChecksum.Fold((ulong)_networkSum + totalLength + identification + Checksum(header)) == 0xFFFF;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsNextInTransport(ReadOnlySpan<byte> bytes, int payloadLength) =>
        BinaryPrimitives.ReadUInt32BigEndian(bytes[(_transportOffset + 4)..]) == _sequence + (uint)payloadLength;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool HasGoodChecksum(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> segment = bytes[_transportOffset..];
        ushort sum = OnesComplementSum.FoldToBigEndian(OnesComplementSum.Sum(ref MemoryMarshal.GetReference(segment), (nuint)segment.Length));
        return InternetChecksum.Fold((ulong)sum + _pseudoHeader + (uint)segment.Length) == 0xFFFF;
    }

    private static ushort TotalLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt16BigEndian(header[2..]);

    private static ushort Checksum(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt16BigEndian(header[IPv4Header.ChecksumOffset..]);

    private void MakeMasks()
    {
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
        _lowMask = Vector512.Create<byte>(mask[..64]);
        _highMask = Vector512.Create<byte>(mask[64..]);
    }
}
