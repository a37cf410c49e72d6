using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;

namespace Wiretrue.Tunnels;

/// <summary>A GRE header that came in, checked as far as GRE itself goes (<c>gre_parse_header</c>, net/ipv4/gre_demux.c).</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="EtherType">What it carries.</param>
/// <param name="HasChecksum">It has a checksum, which was verified.</param>
/// <param name="Key">Its key; null for none.</param>
/// <param name="Sequence">Its number; null for none.</param>
internal readonly record struct ReceivedGre(int Offset, int Length, EtherType EtherType, bool HasChecksum, uint? Key, uint? Sequence)
{
    private const int MostBytes = 16;

    /// <summary>Where what it carries begins.</summary>
    public int Inside => Offset + Length;

    /// <summary>Reads it behind an outer IP header.</summary>
    public static Decapsulation TryRead(Packet packet, in OuterPacket outer, out LayerChecksums checksums, out ReceivedGre received)
    {
        received = default;
        checksums = LayerChecksums.Of(packet);
        if (outer.Protocol != IPProtocol.Gre)
            return outer.OtherProtocol;
        int gre = outer.TransportOffset;
        int end = Math.Min(outer.End, gre + MostBytes);
        packet.EnsureLinear(Math.Min(end, packet.Length));
        ReadOnlySpan<byte> bytes = packet.Linear[gre..Math.Min(end, packet.LinearLength)];
        if (bytes.Length < GreHeader.MinimumSize)
            return new Decapsulation(DecapsulationFault.TooShort, LayerKind.Gre, gre);
        // Source routes are of another time (RFC 2784 2.3), and version 1 carries PPP between the ends of PPTP.
        if ((bytes[0] & 0x40) != 0 || (bytes[1] & 7) != 0)
            return new Decapsulation(DecapsulationFault.UnknownFlags, LayerKind.Gre, gre);
        if (!GreHeader.TryCreate(bytes, out GreHeader header))
            return new Decapsulation(DecapsulationFault.TooShort, LayerKind.Gre, gre);
        received = new ReceivedGre(
            gre, header.HeaderLength, header.EtherType, header.HasChecksum, header.HasKey ? header.Key : null,
            header.HasSequence ? header.Sequence : null);
        if (!header.HasChecksum || packet.MissingTail > 0)
            return default;
        if (!checksums.Validate(packet, gre, outer.End, 0))
            return new Decapsulation(DecapsulationFault.ChecksumWrong, LayerKind.Gre, gre + GreHeader.ChecksumOffset);
        checksums.Convert(gre, outer.End, 0);
        return default;
    }
}
