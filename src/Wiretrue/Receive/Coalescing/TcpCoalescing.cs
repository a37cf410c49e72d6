using System.Buffers.Binary;
using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive.Coalescing;

/// <summary>TCP (<c>tcp_gro_receive</c>, <c>tcp_gro_complete</c>, net/ipv4/tcp_offload.c).</summary>
/// <remarks>
/// The ports make a flow. What joins comes next in sequence, and agrees in acknowledgment number, window, options and all flags but FIN and
/// PSH; these two, URG, RST, SYN and a shorter payload end the super-frame. The urgent pointer is the first frame's.
/// </remarks>
internal static class TcpCoalescing
{
    private const int SequenceOffset = 4;
    private const int FlagsOffset = 12;
    private const ushort LengthAndFlags = 0xF000;
    private const TcpFlags Ending = TcpFlags.Urg | TcpFlags.Psh | TcpFlags.Rst | TcpFlags.Syn | TcpFlags.Fin;

    /// <summary>As many as are listed (<c>tcp_gro_receive</c>, as for UDP).</summary>
    private const int MostListed = 64;

    private static ReadOnlySpan<byte> PortMask => [0xFF, 0xFF, 0xFF, 0xFF];

    /// <summary>Acknowledgment number, header length, flags but FIN and PSH, window.</summary>
    private static ReadOnlySpan<byte> JoinMask => [0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xF6, 0xFF, 0xFF];

    /// <inheritdoc cref="Arrival"/>
    public static HeldPacket? Receive(ref Arrival arrival)
    {
        if (!arrival.MustPass && !arrival.HasGoodChecksum(IPProtocol.Tcp))
            return arrival.Pass();
        if (!arrival.TryPeek(TcpHeader.MinimumSize, out ReadOnlySpan<byte> header))
            return arrival.Pass();
        int headerLength = (header[FlagsOffset] >> 4) << 2;
        if (headerLength < TcpHeader.MinimumSize || !arrival.TryPeek(headerLength, out header))
            return arrival.Pass();
        arrival.KeepAlike(PortMask);
        arrival.Advance(headerLength);

        HeldPacket? held = arrival.Match();
        arrival.IsList = held is null ? arrival.Limits.FragmentLists : held.IsList;
        TcpFlags flags = FlagsOf(header);
        int length = arrival.Remaining;
        // An empty packet ends what is held as well.
        int segmentSize = 1;
        if (held is not null && CanJoin(arrival, header, flags, held) && TryJoin(ref arrival, held))
        {
            segmentSize = held.SegmentSize;
            held.EndFlags |= flags & (TcpFlags.Fin | TcpFlags.Psh);
        }
        bool isShort = arrival.IsGso ? length != arrival.Count * arrival.Packet.State.GsoSize : length < segmentSize;
        bool ends = isShort || (flags & Ending) != 0;
        arrival.MustPass |= ends;
        // None joins a frame with CWR: one that has it too would be told from the others.
        arrival.IsPlainTcp = arrival.Limits.TakesShortcut
            && !arrival.IsEncapsulated && !arrival.IsList && !arrival.IsGso && (flags & TcpFlags.Cwr) == 0;
        return arrival.IsJoined && !ends ? null : held;
    }

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion, int offset)
    {
        HeldPacket held = completion.Held;
        Span<byte> header = completion.Bytes.Slice(offset, TcpHeader.MinimumSize);
        header[FlagsOffset + 1] |= (byte)held.EndFlags;
        bool isIPv6 = completion.IsIPv6;
        GsoType type = isIPv6 ? GsoType.TcpV6 : GsoType.TcpV4;
        if ((held.FixedIds & 1) != 0)
            type |= GsoType.TcpFixedId;
        if ((held.FixedIds & 2) != 0)
            type |= GsoType.TcpFixedIdInner;
        if (held.IsList)
        {
            completion.FinishList(type & (GsoType.TcpV4 | GsoType.TcpV6));
            return;
        }
        // With accurate ECN the flag is part of a counter, and no frame may lose it.
        if ((FlagsOf(header) & TcpFlags.Cwr) != 0)
            type |= GsoType.TcpAccurateEcn;
        completion.WritePseudoHeader(header[TcpHeader.ChecksumOffset..], IPProtocol.Tcp, offset);
        completion.Finish(type, offset, TcpHeader.ChecksumOffset);
    }

    private static bool CanJoin(in Arrival arrival, ReadOnlySpan<byte> header, TcpFlags flags, HeldPacket held)
    {
        ReadOnlySpan<byte> first = held.Bytes[arrival.TransportOffset..];
        // CWR says something once, which would be lost between two frames.
        if ((flags & TcpFlags.Cwr) != 0 || !HeaderMask.AreAlike(header, first, JoinMask))
            return false;
        if (!header[TcpHeader.MinimumSize..].SequenceEqual(first[TcpHeader.MinimumSize..header.Length]))
            return false;
        bool fits = arrival.IsGso
            ? arrival.Packet.State.GsoSize == held.SegmentSize
            : arrival.Remaining > 0 && arrival.Remaining <= held.SegmentSize;
        return !NetworkFlush.IsNeeded(arrival, held) && fits && Sequence(header) == Sequence(first) + (uint)held.PayloadLength;
    }

    private static bool TryJoin(ref Arrival arrival, HeldPacket held)
    {
        if (!held.IsList)
            return arrival.TryJoin(held);
        // The headers of what is listed are written as the first one's when it is cut.
        bool isAlike = arrival.Bytes[arrival.TransportOffset + FlagsOffset + 1] == held.Bytes[arrival.TransportOffset + FlagsOffset + 1];
        return isAlike && held.Count < MostListed && arrival.TryList(held);
    }

    private static uint Sequence(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32BigEndian(header[SequenceOffset..]);

    private static TcpFlags FlagsOf(ReadOnlySpan<byte> header) =>
        (TcpFlags)(BinaryPrimitives.ReadUInt16BigEndian(header[FlagsOffset..]) & ~LengthAndFlags);
}
