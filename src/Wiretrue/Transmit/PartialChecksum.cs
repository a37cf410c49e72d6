using System.Buffers.Binary;
using Wiretrue.Checksums;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Transmit;

/// <summary>Finishes checksums that a stack left to its device (<c>skb_checksum_help</c>, <c>skb_crc32c_csum_help</c>).</summary>
/// <remarks>
/// The field holds the pseudo-header's sum, folded and not inverted; the checksum is the complement of the sum from the transport header
/// to the packet's end, field included, and 0xFFFF where that is 0. A field that holds the right checksum already, of which the
/// pseudo-header's sum may happen to be one, keeps it.
/// </remarks>
public static class PartialChecksum
{
    /// <summary>Finishes the Internet checksum of a frame in place.</summary>
    /// <param name="frame">The bytes, up to the last one that the checksum covers.</param>
    /// <param name="start">Where to sum from (<c>csum_start</c>), in bytes from the frame's first.</param>
    /// <param name="offset">Where to store (<c>csum_offset</c>), in bytes from <paramref name="start"/>.</param>
    /// <returns>The checksum that was stored, as a big-endian number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The field does not lie within the frame.</exception>
    public static ushort Complete(Span<byte> frame, int start, int offset)
    {
        if (!TryComplete(frame, start, offset, out ushort checksum))
            Throw.ArgumentOutOfRange(nameof(offset), offset, $"The field must lie within the frame's {frame.Length} bytes, after {start}.");
        return checksum;
    }

    /// <summary>
    /// As <see cref="Complete(Span{byte}, int, int)"/>, for offsets from a source that is not trusted: false, and nothing written, when the
    /// field is not in the frame.
    /// </summary>
    public static bool TryComplete(Span<byte> frame, int start, int offset, out ushort checksum)
    {
        if (!Fits(frame.Length, start, offset, sizeof(ushort)))
        {
            checksum = 0;
            return false;
        }
        checksum = OfSum(InternetChecksum.Sum(frame[start..]));
        BinaryPrimitives.WriteUInt16BigEndian(frame[(start + offset)..], checksum);
        return true;
    }

    /// <summary>
    /// Finishes an SCTP packet's CRC32c in place: it covers the field as zero, and is stored little-endian (RFC 9260 6.8 and appendix A).
    /// </summary>
    /// <inheritdoc cref="TryComplete" path="/param"/>
    public static bool TryCompleteCrc32C(Span<byte> frame, int start, int offset, out uint checksum)
    {
        checksum = 0;
        if (!Fits(frame.Length, start, offset, sizeof(uint)))
            return false;
        Span<byte> field = frame.Slice(start + offset, sizeof(uint));
        field.Clear();
        checksum = Crc32C.HashToUInt32(frame[start..]);
        BinaryPrimitives.WriteUInt32LittleEndian(field, checksum);
        return true;
    }

    /// <summary>Finishes the checksum that a packet owes, and says so in its state.</summary>
    /// <remarks>
    /// It covers the packet to its end; or to the end of the transport layer, when the packet was walked and bytes follow that layer.
    /// </remarks>
    internal static DropReason Complete(Packet packet)
    {
        OffloadState offload = packet.Offload;
        int start = offload.ChecksumStart;
        int end = CoveredEnd(packet, start);
        bool done;
        if (offload.ChecksumIsCrc32C)
        {
            packet.Linearize();
            done = TryCompleteCrc32C(packet.Linear[..end], start, offload.ChecksumOffset, out _);
        }
        else if (packet.IsLinear)
        {
            done = TryComplete(packet.Linear[..end], start, offload.ChecksumOffset, out _);
        }
        else
        {
            done = Fits(end, start, offload.ChecksumOffset, sizeof(ushort)) && packet.EnsureLinear(start + offload.ChecksumOffset + sizeof(ushort));
            if (done)
            {
                ushort checksum = OfSum(packet.Sum(start, end - start));
                BinaryPrimitives.WriteUInt16BigEndian(packet.Linear[(start + offload.ChecksumOffset)..], checksum);
            }
        }
        if (!done)
            return DropReason.ChecksumBeyondPacket;
        // A VLAN tag may still stand outside, for the device to write.
        packet.Offload = new OffloadState { VlanProtocol = offload.VlanProtocol, VlanTci = offload.VlanTci };
        return DropReason.None;
    }

    /// <summary>True when a packet's field lies within its <paramref name="length"/> bytes.</summary>
    internal static bool Fits(int length, in OffloadState owed) =>
        Fits(length, owed.ChecksumStart, owed.ChecksumOffset, owed.ChecksumIsCrc32C ? sizeof(uint) : sizeof(ushort));

    // All bytes of the field count, which is where others were one short.
    private static bool Fits(int length, int start, int offset, int width) =>
        start >= 0 && offset >= 0 && (long)start + offset + width <= length;

    /// <summary>
    /// What is stored for a sum (<c>CSUM_MANGLED_0</c>). In UDP 0 would mean that there is no checksum (RFC 768, RFC 3828 3.1); every other
    /// protocol is served alike, as both verify, and whoever completes need not know which it is.
    /// </summary>
    internal static ushort OfSum(ushort sum) => sum == 0xFFFF ? sum : (ushort)~sum;

    private static int CoveredEnd(Packet packet, int start)
    {
        if (packet.IsWalked)
        {
            ref PacketLayout layout = ref packet.Layout;
            for (int i = layout.Count - 1; i >= 0; i--)
            {
                if (layout[i].Offset == start && layout[i].IsTransport)
                    return Math.Min(layout[i].End, packet.Length);
            }
        }
        return packet.Length;
    }
}
