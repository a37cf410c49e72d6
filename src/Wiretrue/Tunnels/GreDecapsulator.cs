using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;

namespace Wiretrue.Tunnels;

/// <summary>Takes packets out of GRE (<c>ipgre_rcv</c>, <c>ip6gre_rcv</c>, <c>__ip_tunnel_rcv</c>).</summary>
internal sealed class GreDecapsulator(GreTunnel tunnel) : Decapsulator(tunnel)
{
    private readonly GreTunnel _tunnel = tunnel;
    private uint? _expected;

    private protected override Decapsulation Open(Packet packet, in OuterPacket outer)
    {
        Decapsulation result = ReceivedGre.TryRead(packet, outer, out LayerChecksums checksums, out ReceivedGre gre);
        if (result.IsDone)
            result = Match(gre);
        if (!result.IsDone)
            return result;

        int inside = gre.Inside;
        LinkType linkType = LinkType.Raw;
        switch (gre.EtherType)
        {
            case EtherType.TransparentEthernetBridging when _tunnel.IsBridge || _tunnel.IsExternal:
                linkType = LinkType.Ethernet;
                result = InnerFrame.Check(packet, inside, outer.End);
                break;
            case EtherType.IPv4 when !_tunnel.IsBridge:
                result = InnerIP.Check(packet, inside, outer.End, LayerKind.IPv4);
                break;
            case EtherType.IPv6 when !_tunnel.IsBridge:
                result = InnerIP.Check(packet, inside, outer.End, LayerKind.IPv6);
                break;
            case EtherType.Mpls or EtherType.MplsMulticast when !_tunnel.IsBridge:
                result = MplsLabelStack.Skip(packet, inside, outer.End, out inside, out _);
                if (result.IsDone)
                    result = InnerIP.Check(packet, inside, outer.End, LayerKind.None);
                break;
            default:
                result = new Decapsulation(DecapsulationFault.UnknownContent, LayerKind.Gre, gre.Offset + 2);
                break;
        }
        if (!result.IsDone)
            return result;
        result = Leave(packet, outer, inside, linkType, ref checksums, default(Decapsulation) with { NetworkIdentifier = (int)(gre.Key ?? 0) });
        if (result.IsDone && gre.Sequence is { } sequence)
            _expected = sequence + 1;
        return result;
    }

    /// <summary>Whether it is this tunnel's: the key, and that what is agreed on is there.</summary>
    private Decapsulation Match(in ReceivedGre gre)
    {
        if (_tunnel.IsExternal)
            return default;
        if (gre.Key != _tunnel.Key)
            return new Decapsulation(DecapsulationFault.OtherNetwork, LayerKind.Gre, gre.Offset);
        if (gre.HasChecksum != _tunnel.HasChecksum)
        {
            DecapsulationFault fault = gre.HasChecksum ? DecapsulationFault.UnknownFlags : DecapsulationFault.ChecksumMissing;
            return new Decapsulation(fault, LayerKind.Gre, gre.Offset);
        }
        // Numbers go round; what is older than what was expected comes late, or for the second time.
        bool isLate = _tunnel.HasSequence && (gre.Sequence is not { } sequence || (_expected is { } expected && (int)(sequence - expected) < 0));
        return isLate ? new Decapsulation(DecapsulationFault.OutOfSequence, LayerKind.Gre, gre.Offset) : default;
    }
}
