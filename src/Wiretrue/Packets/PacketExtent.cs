using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Wiretrue.Headers;

namespace Wiretrue.Packets;

/// <summary>How far a packet reaches, in its page and beyond, and what it is: all that differs between packets but for references.</summary>
/// <remarks>
/// It is one vector wide, so that a segment gets it by one store. Written one by one, the stores are what takes longest in making a segment.
/// <code>
///   0           4           8          12          16              20              24            28        30     31
///  +-----------+-----------+-----------+-----------+---------------+---------------+-------------+---------+------+--------+
///  | RoomStart | DataStart | DataEnd   | RoomEnd   | FragmentCount | FragmentBytes | MissingTail | LinkType| Marks| Walked |
///  +-----------+-----------+-----------+-----------+---------------+---------------+-------------+---------+------+--------+
/// </code>
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct PacketExtent
{
    /// <summary>First byte of the page that is the packet's.</summary>
    public int RoomStart;

    /// <summary>First byte of the linear area.</summary>
    public int DataStart;

    /// <summary>One past the linear area.</summary>
    public int DataEnd;

    /// <summary>One past the page's last byte that is the packet's.</summary>
    public int RoomEnd;

    /// <summary>Fragments.</summary>
    public int FragmentCount;

    /// <summary>Bytes in all of them.</summary>
    public int FragmentBytes;

    /// <inheritdoc cref="Packet.MissingTail"/>
    public int MissingTail;

    /// <inheritdoc cref="Packet.LinkType"/>
    public LinkType LinkType;

    /// <summary>What is true of the packet's life.</summary>
    public Packet.Marks Marks;

    /// <inheritdoc cref="Packet.IsWalked"/>
    public bool IsWalked;

    /// <summary>As one vector. The struct is exactly as wide, which a test sees to.</summary>
    [UnscopedRef]
    public ref Vector256<int> Vector => ref Unsafe.As<PacketExtent, Vector256<int>>(ref this);

    /// <summary>The extent of a segment with its headers at <paramref name="start"/> and one fragment of payload.</summary>
    /// <remarks>It is made in a register: a vector that is loaded from members stored just now waits for all stores before.</remarks>
    /// <param name="start">Where its headers begin.</param>
    /// <param name="length">Bytes of headers.</param>
    /// <param name="stride">Bytes from its headers to the next segment's.</param>
    /// <param name="payloadLength">Bytes of payload.</param>
    /// <param name="linkType">What the first byte belongs to.</param>
    public static Vector256<int> OfSegment(int start, int length, int stride, int payloadLength, LinkType linkType)
    {
        // The last three members, as they lie in memory.
        int rest = (int)linkType | ((int)Packet.Marks.Rented << 16);
        return Vector256.Create(start, start, start + length, start + stride, 1, payloadLength, 0, rest);
    }

    /// <summary>What is added to a segment's extent for that of the next one, whose headers lie <paramref name="stride"/> bytes on.</summary>
    public static Vector256<int> Step(int stride) => Vector256.Create(stride, stride, stride, stride, 0, 0, 0, 0);
}
