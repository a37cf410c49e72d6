using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;

namespace Wiretrue.Tunnels;

/// <summary>Takes mirrored frames out of ERSPAN of any type (<c>erspan_rcv</c>, <c>ip6erspan_rcv</c>).</summary>
internal sealed class ErspanDecapsulator(ErspanTunnel tunnel) : Decapsulator(tunnel)
{
    private const int MostBytes = 20;

    // FT: what was mirrored.
    private const int Ethernet = 0;
    private const int IP = 2;

    private readonly ushort _sessionId = tunnel.SessionId;
    private readonly bool _isExternal = tunnel.IsExternal;

    private protected override Decapsulation Open(Packet packet, in OuterPacket outer)
    {
        Decapsulation result = ReceivedGre.TryRead(packet, outer, out LayerChecksums checksums, out ReceivedGre gre);
        if (!result.IsDone)
            return result;
        if (gre.EtherType is not (EtherType.Erspan or EtherType.ErspanIII))
            return new Decapsulation(DecapsulationFault.UnknownContent, LayerKind.Gre, gre.Offset + 2);
        // Type I is known by having no number.
        return gre.EtherType == EtherType.Erspan && gre.Sequence is null
            ? LeaveWith(packet, outer, gre.Inside, Ethernet, 0, ref checksums)
            : OpenHeader(packet, outer, gre, ref checksums);
    }

    private Decapsulation OpenHeader(Packet packet, in OuterPacket outer, in ReceivedGre gre, ref LayerChecksums checksums)
    {
        int offset = gre.Inside;
        int end = Math.Min(outer.End, offset + MostBytes);
        packet.EnsureLinear(Math.Min(end, packet.Length));
        ReadOnlySpan<byte> bytes = packet.Linear[offset..Math.Max(offset, Math.Min(end, packet.LinearLength))];
        if (!bytes.IsEmpty && bytes[0] >> 4 != (gre.EtherType == EtherType.Erspan ? 1 : 2))
            return new Decapsulation(DecapsulationFault.UnknownFlags, LayerKind.Erspan, offset);
        if (!ErspanHeader.TryCreate(bytes, out ErspanHeader header))
            return new Decapsulation(DecapsulationFault.TooShort, LayerKind.Erspan, offset);
        if (!_isExternal && header.SessionId != _sessionId)
            return new Decapsulation(DecapsulationFault.OtherNetwork, LayerKind.Erspan, offset + 2);
        return LeaveWith(packet, outer, offset + header.HeaderLength, header.FrameType, header.SessionId, ref checksums);
    }

    private static Decapsulation LeaveWith(
        Packet packet, in OuterPacket outer, int inside, int type, ushort session, ref LayerChecksums checksums)
    {
        Decapsulation result = type switch
        {
            Ethernet => InnerFrame.Check(packet, inside, outer.End),
            IP => InnerIP.Check(packet, inside, outer.End, LayerKind.None),
            _ => new Decapsulation(DecapsulationFault.UnknownContent, LayerKind.Erspan, inside),
        };
        return result.IsDone
            ? Leave(
                packet, outer, inside, type == Ethernet ? LinkType.Ethernet : LinkType.Raw, ref checksums,
                default(Decapsulation) with { NetworkIdentifier = session })
            : result;
    }
}
