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
    private NetworkHeaders _network;

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
        _network.Open(template, _layout, layers, _type, step: 1, keepsIdentification ? _layout.NetworkOf(layers) : -1);
    }

    /// <summary>Makes the template one for a segment of <paramref name="segmentLength"/> bytes, headers included.</summary>
    public void Prepare(int segmentLength) => _network.Prepare(_template, _layout, _layers, segmentLength);

    /// <summary>Writes what is the segment's own into <paramref name="headers"/>, a copy of the template.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="index">0 for the first segment.</param>
    public readonly void Write(Span<byte> headers, int index) => _network.Write(headers, index);

    /// <summary>
    /// Writes the checksums of the tunnels around, which cover all that follows: no part of it is owed, so none can be left out of the sum.
    /// </summary>
    /// <param name="headers">The segment's headers, complete but for that checksum.</param>
    /// <param name="content">Sum of what follows them.</param>
    /// <param name="contentLength">How many bytes that are.</param>
    public readonly void WriteOuterChecksum(Span<byte> headers, ushort content, int contentLength)
    {
        for (int i = _layers - 1; i >= 0; i--)
        {
            ref readonly Layer layer = ref _layout[i];
            if (!TunnelSegments.HasChecksum(layer.Kind, _type))
                continue;
            Span<byte> covered = headers[layer.Offset..];
            if (layer.Kind == LayerKind.Gre)
            {
                TunnelSegments.ClearGreChecksum(covered);
                GreHeader.SetChecksum(covered, (ushort)~InternetChecksum.Combine(InternetChecksum.Sum(covered), content, covered.Length));
                continue;
            }
            UdpHeader.SetChecksum(covered, 0);
            ushort sum = InternetChecksum.Combine(InternetChecksum.Sum(covered), content, covered.Length);
            sum = InternetChecksum.Add(sum, PseudoHeader.Sum(headers, _layout, i, covered.Length + contentLength));
            UdpHeader.SetChecksum(covered, UdpSegments.ChecksumOf(sum));
        }
    }
}
