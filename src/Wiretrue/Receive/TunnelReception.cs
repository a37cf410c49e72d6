using Wiretrue.Devices;
using Wiretrue.Headers;

namespace Wiretrue.Receive;

/// <summary>Tunnels' headers on the way in: GRE's own checksum, and remote checksum offload.</summary>
internal static class TunnelReception
{
    /// <summary><c>gre_parse_header</c>.</summary>
    public static ReceiveDropReason Gre(ref ReceiveCursor cursor)
    {
        if (!GreHeader.TryCreate(cursor.Bytes, out GreHeader gre) || !gre.HasChecksum)
            return ReceiveDropReason.None;
        if (!cursor.Verify(cursor.End))
            return ReceiveDropReason.GreChecksum;
        if (cursor.Step == ReceiveStep.Trusted && !cursor.Checksums.HasSum)
            TransportReception.Convert(ref cursor, 0);
        return ReceiveDropReason.None;
    }

    /// <summary>
    /// <c>vxlan_remcsum</c>, <c>gue_remcsum</c>, both deferred. That the outer checksum was there and good is not asked for, as Linux does not
    /// ask either on this path; who merges packets must.
    /// </summary>
    public static ReceiveDropReason RemoteChecksum(ref ReceiveCursor cursor)
    {
        Layer layer = cursor.Layout[cursor.Index];
        if (!RemoteChecksumRequest.TryRead(cursor.Packet.Linear, layer, out RemoteChecksumRequest request))
            return ReceiveDropReason.None;
        // To a card, what is inside is a wrong checksum.
        bool isAllowed = !cursor.IsCard && (layer.Kind != LayerKind.Vxlan || cursor.Options.VxlanRemoteChecksum);
        if (!isAllowed || request.Start > cursor.End || request.Field + sizeof(ushort) > cursor.End)
            return ReceiveDropReason.TunnelHeaderInvalid;
        cursor.Checksums.Owe(request.Start, request.Field + sizeof(ushort));
        cursor.Step = ReceiveStep.RemoteChecksum;
        return ReceiveDropReason.None;
    }
}
