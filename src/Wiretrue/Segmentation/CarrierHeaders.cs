using System.Runtime.CompilerServices;
using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>
/// The headers in front of pieces that have their checksum behind them, or none: fragments of a datagram, packets of chunks. Lengths,
/// identifications and the checksums of tunnels are set; what the pieces themselves begin with is not looked at.
/// </summary>
internal ref struct CarrierHeaders
{
    private readonly ref PacketLayout _layout;
    private readonly Span<byte> _template;
    private readonly int _layers;
    private readonly GsoType _type;
    private IPv4Pair _ipv4;
    private readonly int _ipv4Count;

    /// <summary>Copies the first headers of <paramref name="packet"/> into <paramref name="template"/>.</summary>
    /// <param name="packet">What is cut; it was walked, and its headers are linear.</param>
    /// <param name="layers">How many layers are repeated.</param>
    /// <param name="template">Their bytes, and as many more as the caller puts behind them.</param>
    /// <param name="keepsIdentification">The innermost IPv4 header's stays the same in every piece, whatever the type says.</param>
    public CarrierHeaders(Packet packet, int layers, Span<byte> template, bool keepsIdentification)
    {
        _layout = ref packet.Layout;
        _template = template;
        _layers = layers;
        _type = packet.Offload.GsoType;
        packet.Linear[.._layout[layers - 1].ContentOffset].CopyTo(template);
        int network = _layout.NetworkOf(layers);
        for (int i = 0; i < layers; i++)
        {
            if (_layout[i].Kind != LayerKind.IPv4)
                continue;
            bool isInner = i == network && _type.IsTunnel();
            bool isFixed = (_type & (isInner ? GsoType.TcpFixedIdInner : GsoType.TcpFixedId)) != 0;
            _ipv4[_ipv4Count++].Open(template, _layout[i], isFixed || (i == network && keepsIdentification));
        }
    }

    /// <summary>Makes the template one for a segment of <paramref name="segmentLength"/> bytes, headers included.</summary>
    public void Prepare(int segmentLength)
    {
        int ipv4 = 0;
        for (int i = 0; i < _layers; i++)
        {
            ref readonly Layer layer = ref _layout[i];
            if (layer.Kind == LayerKind.IPv4)
                _ipv4[ipv4++].Prepare(_template, layer, segmentLength);
            else
                LayerLengths.Prepare(_template, layer, segmentLength);
        }
    }

    /// <summary>Writes what is the segment's own into <paramref name="headers"/>, a copy of the template.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="index">0 for the first segment.</param>
    public readonly void Write(Span<byte> headers, int index)
    {
        for (int i = 0; i < _ipv4Count; i++)
            _ipv4[i].Write(headers, index);
    }

    /// <summary>
    /// Writes the checksum of the tunnel around, which covers all that follows: no part of it is owed, so none can be left out of the sum.
    /// </summary>
    /// <param name="headers">The segment's headers, complete but for that checksum.</param>
    /// <param name="content">Sum of what follows them.</param>
    /// <param name="contentLength">How many bytes that are.</param>
    public readonly void WriteOuterChecksum(Span<byte> headers, ushort content, int contentLength)
    {
        if ((_type & (GsoType.UdpTunnelChecksum | GsoType.GreChecksum)) == 0)
            return;
        for (int i = _layers - 1; i >= 0; i--)
        {
            ref readonly Layer layer = ref _layout[i];
            if (layer.Kind is not (LayerKind.Udp or LayerKind.Gre))
                continue;
            Span<byte> covered = headers[layer.Offset..];
            if (layer.Kind == LayerKind.Gre)
            {
                GreHeader.SetChecksum(covered, 0);
                GreHeader.SetChecksum(covered, (ushort)~InternetChecksum.Combine(InternetChecksum.Sum(covered), content, covered.Length));
                continue;
            }
            UdpHeader.SetChecksum(covered, 0);
            ushort sum = InternetChecksum.Combine(InternetChecksum.Sum(covered), content, covered.Length);
            sum = InternetChecksum.Add(sum, PseudoHeader.Sum(headers, _layout, i, covered.Length + contentLength));
            UdpHeader.SetChecksum(covered, UdpSegments.ChecksumOf(sum));
        }
    }

    /// <summary>Outer and inner: there are two levels of headers at most.</summary>
    [InlineArray(2)]
    private struct IPv4Pair
    {
        private IPv4Segments _first;
    }
}
