using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive;

/// <summary>Goes through a packet's headers once, from the outside in, and stops at the first that is wrong.</summary>
internal static class ReceiveLoop
{
    /// <summary>Judges what is left of the packet.</summary>
    public static ReceiveVerdict Judge<TObserver>(ref ReceiveCursor cursor, ref TObserver observer)
        where TObserver : struct, IReceiveObserver
    {
        ref PacketLayout layout = ref cursor.Layout;
        OffloadState handedUp = cursor.Packet.Offload;
        if (handedUp.HasVlanTag && !IsInVlan(cursor.Options, handedUp.VlanTci))
            return new ReceiveVerdict { Outcome = ReceiveOutcome.Dropped, Reason = ReceiveDropReason.VlanUnknown };
        bool isInPacket = false;
        bool isInTransport = false;
        for (; cursor.Index < layout.Count; cursor.Index++)
        {
            Layer layer = layout[cursor.Index];
            if (cursor.IsCard && IsBeyondCards(layer))
                break;
            if (!cursor.Options.EntersTunnels && isInPacket && (isInTransport || IsTunnelled(layer)))
                break;
            if (layer.Offset + layer.HeaderLength > cursor.Packet.Length && layer.Offset + layer.HeaderLength <= cursor.End)
                return At(cursor, ReceiveOutcome.Undecided);
            if (layer.Kind == LayerKind.Fragment)
                return At(cursor, ReceiveOutcome.Fragment);
            int end = cursor.End;
            cursor.Step = ReceiveStep.None;
            ReceiveDropReason reason = layer.Offset + layer.HeaderLength > end ? TooShortFor(layer.Kind) : JudgeLayer(ref cursor, layer);
            if (reason != ReceiveDropReason.None)
                return At(cursor, ReceiveOutcome.Dropped, reason);
            if (layer.IsTransport && cursor.Step == ReceiveStep.None)
                return At(cursor, ReceiveOutcome.Undecided);
            if (UnobservedReceive.IsNot<TObserver>())
                Tell(cursor, layer, end, ref observer);
            isInPacket |= layer.IsNetwork;
            isInTransport |= layer.IsTransport;
        }
        return cursor.Index == layout.Count ? AfterLast(cursor) : new ReceiveVerdict { HasDeviceFault = cursor.Checksums.HasDeviceFault };
    }

    private static ReceiveDropReason JudgeLayer(ref ReceiveCursor cursor, in Layer layer)
    {
        switch (layer.Kind)
        {
            case LayerKind.Vlan when !IsInVlan(cursor.Options, cursor.Tci): return ReceiveDropReason.VlanUnknown;
            case LayerKind.IPv4: return IPReception.IPv4(ref cursor);
            case LayerKind.IPv6: return IPReception.IPv6(ref cursor);
            case LayerKind.Tcp: return TransportReception.Tcp(ref cursor);
            case LayerKind.Udp: return TransportReception.Udp(ref cursor);
            case LayerKind.UdpLite: return TransportReception.UdpLite(ref cursor);
            case LayerKind.Sctp: return TransportReception.Sctp(ref cursor);
            case LayerKind.Icmp or LayerKind.IcmpV6: return TransportReception.Icmp(ref cursor);
            case LayerKind.Payload when IsIgmp(cursor): return TransportReception.Igmp(ref cursor);
            case LayerKind.Gre: return TunnelReception.Gre(ref cursor);
            case LayerKind.Vxlan or LayerKind.Gue: return TunnelReception.RemoteChecksum(ref cursor);
            default:
                cursor.End = Math.Min(cursor.End, layer.End);
                return ReceiveDropReason.None;
        }
    }

    /// <summary>The walk ended: because there are no more headers, or because it found one that cannot be.</summary>
    private static ReceiveVerdict AfterLast(in ReceiveCursor cursor)
    {
        PacketFault fault = cursor.Layout.Fault;
        var verdict = new ReceiveVerdict { HasDeviceFault = cursor.Checksums.HasDeviceFault };
        return fault.Kind switch
        {
            // A length that says too much was held against the rest when its layer was judged.
            FaultKind.None or FaultKind.TooLong => verdict,
            FaultKind.Snapped or FaultKind.TooDeep =>
                verdict with { Outcome = ReceiveOutcome.Undecided, Layer = fault.Layer, Offset = fault.Offset },
            _ => verdict with
            {
                Outcome = ReceiveOutcome.Dropped,
                Reason = IPReception.IsWrongHeader(fault.Layer, cursor.Packet.Linear[fault.Offset..])
                    ? ReceiveDropReason.IPHeaderChecksum
                    : TooShortFor(fault.Layer),
                Layer = fault.Layer,
                Offset = fault.Offset,
            },
        };
    }

    private static ReceiveDropReason TooShortFor(LayerKind kind) => kind switch
    {
        LayerKind.IPv4 or LayerKind.IPv6 or LayerKind.IPv6HopByHop or LayerKind.IPv6Routing => ReceiveDropReason.IPHeaderInvalid,
        LayerKind.Udp => ReceiveDropReason.UdpLengthInvalid,
        // Of these the checksum is what is looked at first, and three bytes have none.
        LayerKind.Icmp => ReceiveDropReason.IcmpChecksum,
        LayerKind.IcmpV6 => ReceiveDropReason.IcmpV6Checksum,
        LayerKind.Vxlan or LayerKind.VxlanGpe or LayerKind.Geneve or LayerKind.Gue or LayerKind.Gre or LayerKind.GtpU =>
            ReceiveDropReason.TunnelHeaderInvalid,
        _ => ReceiveDropReason.HeaderIncomplete,
    };

    private static bool IsInVlan(ReceiveOptions options, ushort tci)
    {
        const ushort NumberMask = 0x0FFF;
        ushort number = (ushort)(tci & NumberMask);
        return options.VlanNumbers is not { } known || number == 0 || known.Contains(number);
    }

    private static bool IsTunnelled(in Layer layer) => layer.IsNetwork || layer.Kind is LayerKind.Gre or LayerKind.Mpls;

    /// <summary>What <c>CHECKSUM_UNNECESSARY</c> is not for: the word of a card ends there.</summary>
    private static bool IsBeyondCards(in Layer layer) => layer.Kind is LayerKind.UdpLite or LayerKind.Icmp or LayerKind.IcmpV6 or LayerKind.Payload;

    /// <summary>IGMP has no header here that a walk would find: it is the checksum alone that is looked at.</summary>
    private static bool IsIgmp(in ReceiveCursor cursor)
    {
        int carrier = cursor.Index - 1;
        return carrier >= 0 && cursor.Layout[carrier].Kind == LayerKind.IPv4
            && (IPProtocol)cursor.Packet.Linear[cursor.Layout[carrier].Offset + 9] == IPProtocol.Igmp;
    }

    private static ReceiveVerdict At(in ReceiveCursor cursor, ReceiveOutcome outcome, ReceiveDropReason reason = ReceiveDropReason.None) => new()
    {
        Outcome = outcome,
        Reason = reason,
        Layer = cursor.Layout[cursor.Index].Kind,
        Offset = cursor.Offset,
        HasDeviceFault = cursor.Checksums.HasDeviceFault,
    };

    private static void Tell<TObserver>(in ReceiveCursor cursor, in Layer layer, int end, ref TObserver observer)
        where TObserver : struct, IReceiveObserver
    {
        if (cursor.Step != ReceiveStep.None)
            observer.Decided(new ReceiveDecision { Step = cursor.Step, Layer = layer.Kind, Offset = layer.Offset });
        if (cursor.End < end)
        {
            observer.Decided(new ReceiveDecision
            {
                Step = ReceiveStep.Trimmed,
                Layer = layer.Kind,
                Offset = layer.Offset,
                Count = end - cursor.End,
            });
        }
    }
}
