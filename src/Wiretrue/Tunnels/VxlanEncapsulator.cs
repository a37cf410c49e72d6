using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>Puts Ethernet frames into VXLAN (<c>vxlan_build_skb</c>, drivers/net/vxlan/vxlan_core.c).</summary>
internal sealed class VxlanEncapsulator : UdpEncapsulator
{
    /// <summary>What seven bits say in units of two bytes (<c>VXLAN_MAX_REMCSUM_START</c>).</summary>
    private const int MaxRemoteStart = 254;

    private readonly VxlanTunnel _tunnel;
    private readonly VxlanHeaderFields _fields;
    private readonly HeaderTemplate _template;

    public VxlanEncapsulator(VxlanTunnel tunnel)
        : base(tunnel)
    {
        CheckNetworkIdentifier(tunnel.NetworkIdentifier);
        _tunnel = tunnel;
        GroupPolicy policy = tunnel.GroupPolicy ?? default;
        _fields = new VxlanHeaderFields(tunnel.NetworkIdentifier)
        {
            HasGroupPolicy = policy != default,
            GroupPolicyId = policy.Group,
            DontLearn = policy.DontLearn,
            IsPolicyApplied = policy.IsApplied,
        };
        byte[] header = new byte[VxlanHeader.Size];
        _fields.Write(header);
        _template = TemplateWith(header);
        HeaderRoom = _template.Bytes.Length;
    }

    private protected override DropReason Choose(Packet packet, in InnerPacket inner, out HeaderTemplate template)
    {
        template = _template;
        return inner.IsFrame ? DropReason.None : DropReason.TunnelInnerUnsupported;
    }

    private protected override GsoType WriteHeader(Packet packet, int offset, in InnerPacket inner)
    {
        OffloadState offload = packet.Offload;
        int start = offload.ChecksumStart - (offset + VxlanHeader.Size);
        bool isUdp = offload.ChecksumOffset == UdpHeader.ChecksumOffset;
        if (!RemoteChecksumOffload.IsSent(packet, _tunnel.RemoteChecksum, HasChecksum)
            || start > MaxRemoteStart || (start & 1) != 0 || (!isUdp && offload.ChecksumOffset != TcpHeader.ChecksumOffset))
        {
            return GsoType.None;
        }
        (_fields with { HasRemoteChecksum = true, RemoteChecksumStart = start, RemoteChecksumIsUdp = isUdp }).Write(packet.Linear[offset..]);
        return RemoteChecksumOffload.Leave(packet);
    }
}
