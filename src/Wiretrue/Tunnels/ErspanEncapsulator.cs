using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>Puts mirrored frames into ERSPAN (<c>erspan_xmit</c>, <c>erspan_build_header</c>, <c>erspan_build_header_v2</c>).</summary>
internal sealed class ErspanEncapsulator : Encapsulator
{
    private const int SequenceOffset = GreHeader.MinimumSize;
    private const int TagOffset = 12;

    // What Ethernet allows, without the check sequence (ETH_ZLEN, ETH_FRAME_LEN).
    private const int ShortestFrame = 60;
    private const int LongestFrame = 1514;

    private readonly ErspanTunnel _tunnel;
    private readonly NetworkTemplates _templates;
    private readonly GreHeaderFields _gre;
    private readonly ErspanHeaderFields _common;
    private uint _sequence;

    public ErspanEncapsulator(ErspanTunnel tunnel)
        : base(tunnel)
    {
        if (tunnel.Labels.Count > 0)
            Throw.Argument(nameof(tunnel), "Labels come before IP packets, not before mirrored frames.");
        _tunnel = tunnel;
        bool isNumbered = tunnel.Type != ErspanType.TypeI;
        _gre = new GreHeaderFields(
            tunnel.Type == ErspanType.TypeIII ? EtherType.ErspanIII : EtherType.Erspan, false, 0, false, 0, isNumbered, 0);
        _common = new ErspanHeaderFields((int)tunnel.Type, tunnel.SessionId)
        {
            Index = tunnel.Index,
            IsEthernetProtocol = true,
            IsEgress = tunnel.IsEgress,
            HardwareId = tunnel.HardwareId,
            SecurityGroupTag = tunnel.SecurityGroupTag,
        };
        byte[] header = new byte[_gre.Size + (isNumbered ? _common.Size : 0)];
        _gre.Write(header);
        _templates = new NetworkTemplates(tunnel, IPProtocol.Gre, header);
        HeaderRoom = _templates.Length;
    }

    private protected override DropReason Choose(Packet packet, in InnerPacket inner, out HeaderTemplate template)
    {
        DropReason reason = _templates.Choose(packet, out template);
        if (reason != DropReason.None)
            return reason;
        if (!inner.IsFrame || packet.LinearLength < EthernetHeader.Size)
            return DropReason.TunnelInnerUnsupported;
        return _gre.HasSequence && packet.Offload.IsGso ? DropReason.GsoGreSequence : DropReason.None;
    }

    private protected override void WriteTunnel(Packet packet, HeaderTemplate template, in InnerPacket inner, uint flow)
    {
        int gre = _templates.Write(packet, template);
        if (_gre.HasSequence)
        {
            BinaryPrimitives.WriteUInt32BigEndian(packet.Linear[(gre + SequenceOffset)..], _sequence++);
            WriteHeader(packet, gre + _gre.Size, inner);
        }
        GreChecksum.Write(packet, gre, hasChecksum: false);
    }

    private void WriteHeader(Packet packet, int offset, in InnerPacket inner)
    {
        int inside = offset + _common.Size;
        int length = packet.OriginalLength - inside;
        Span<byte> frame = packet.Linear[inside..];
        bool isTagged = frame.Length >= TagOffset + VlanHeader.Size
            && (EtherType)BinaryPrimitives.ReadUInt16BigEndian(frame[TagOffset..]) == EtherType.Vlan;
        ushort tag = isTagged ? BinaryPrimitives.ReadUInt16BigEndian(frame[(TagOffset + 2)..]) : (ushort)0;
        ErspanHeaderFields header = _common with
        {
            VlanId = _tunnel.VlanId ?? (ushort)(tag & 0x0FFF),
            ClassOfService = _tunnel.ClassOfService ?? (byte)(inner.TypeOfService >> 5),
            Tagging = isTagged ? ErspanTagging.InFrame : ErspanTagging.Untagged,
            FrameState = length < ShortestFrame ? ErspanFrameState.Short : length > LongestFrame ? ErspanFrameState.Oversized : ErspanFrameState.Good,
            IsTruncated = packet.MissingTail > 0,
            Timestamp = _tunnel.Type == ErspanType.TypeIII ? Now() : 0,
        };
        header.Write(packet.Linear[offset..]);
    }

    /// <summary>Units of 100 microseconds since 1970, of which 32 bits are told: they go round every five days (<c>erspan_get_timestamp</c>).</summary>
    private uint Now() => (uint)((_tunnel.Clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / (TimeSpan.TicksPerMillisecond / 10));
}
