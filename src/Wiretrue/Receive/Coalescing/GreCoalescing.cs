using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive.Coalescing;

/// <summary>GRE with a key, a checksum, or none of them (<c>gre_gro_receive</c>, <c>gre_gro_complete</c>, net/ipv4/gre_offload.c).</summary>
/// <remarks>
/// Flags, what follows and the key make a flow. A header with a sequence number is never joined, since nobody who cuts could number the frames
/// again. With a key, the checksum is compared as well, as in Linux, which takes the word behind the base header for the key: so a frame of another
/// length is held for itself.
/// </remarks>
internal static class GreCoalescing
{
    private const ushort Checksum = 0x8000;
    private const ushort Key = 0x2000;

    /// <inheritdoc cref="Arrival"/>
    public static HeldPacket? Receive(ref Arrival arrival)
    {
        if (arrival.IsEncapsulated || !arrival.TryPeek(GreHeader.MinimumSize, out ReadOnlySpan<byte> bytes))
            return arrival.Pass();
        arrival.IsEncapsulated = true;
        var flags = (ushort)((bytes[0] << 8) | bytes[1]);
        bool hasChecksum = (flags & Checksum) != 0;
        // A checksum in FOU is left alone, as in Linux, which could not find it again to make it anew.
        if ((flags & ~(Checksum | Key)) != 0 || (hasChecksum && arrival.IsInFou))
            return arrival.Pass();
        int length = LengthOf(flags);
        // What nobody knows inside is not verified either.
        if (!arrival.TryPeek(length, out bytes) || !GreHeader.TryCreate(bytes, out GreHeader header)
            || !EtherTypeCoalescing.IsKnown(header.EtherType))
        {
            return arrival.Pass();
        }
        if (hasChecksum && !arrival.MustPass && !IsGood(ref arrival))
            return arrival.Pass();
        arrival.KeepEqual(header.HasKey ? length : GreHeader.MinimumSize);
        arrival.Advance(length);
        return EtherTypeCoalescing.Receive(ref arrival, header.EtherType);
    }

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion, int offset)
    {
        if (!GreHeader.TryCreate(completion.Bytes[offset..], out GreHeader header))
            return;
        completion.Wrap(header.HasChecksum ? GsoType.GreChecksum : GsoType.Gre);
        EtherTypeCoalescing.Complete(ref completion, header.EtherType, offset + header.HeaderLength);
    }

    /// <summary>The checksum of GRE covers no pseudo-header (RFC 2784 2.5); what it says holds for what is inside.</summary>
    private static bool IsGood(ref Arrival arrival)
    {
        bool isGood = arrival.Checksums.Validate(arrival.Packet, arrival.Offset, arrival.End, pseudo: 0);
        if (isGood)
            arrival.Checksums.Convert(arrival.Offset, arrival.End, pseudo: 0);
        return isGood;
    }

    private static int LengthOf(ushort flags) =>
        GreHeader.MinimumSize + ((flags & Checksum) != 0 ? sizeof(uint) : 0) + ((flags & Key) != 0 ? sizeof(uint) : 0);
}
