using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Kernel.Reception;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>What the library makes of frames to a <see cref="ReceivingHost"/>, and what that host would count.</summary>
internal sealed class HostJudgement : IDisposable
{
    /// <summary>The counters that tell why frames were dropped.</summary>
    public static readonly string[] Counters =
    [
        "Ip:InHdrErrors", "IpExt:InTruncatedPkts", "IpExt:InCsumErrors", "Ip6InHdrErrors", "Ip6InTruncatedPkts", "Tcp:InCsumErrors",
        "Udp:InErrors", "Udp:InCsumErrors", "Udp6InErrors", "Udp6InCsumErrors", "UdpLite:InErrors", "UdpLite:InCsumErrors", "UdpLite6InErrors",
        "UdpLite6InCsumErrors", "Icmp:InCsumErrors", "Icmp6InCsumErrors",
    ];

    private static readonly HashSet<ushort> ZeroPorts =
        [.. ReceivingHost.Tunnels.Where(tunnel => string.Equals(tunnel.Setting, "udp6zerocsumrx", StringComparison.Ordinal)).Select(tunnel => tunnel.Port)];

    private readonly PacketPool _pool = new() { TrackOwners = false };

    /// <summary>The verdict, and whether the kernel would refuse the header; what is counted is added to <paramref name="counts"/>.</summary>
    public ReceiveVerdict Judge(HostFrame frame, Dictionary<string, int>? counts, out bool isRefused)
    {
        OffloadState state = VnetHeaderReading.StateOf(frame.Header, frame.Bytes.Length);
        isRefused = state.Check(frame.Bytes.Length) != OffloadFault.None;
        using Packet packet = _pool.Rent(frame.Bytes, state);
        packet.Walk();
        // The tunnel at each port says whether it may ask for remote checksums; over IPv6 none does.
        ref PacketLayout layout = ref packet.Layout;
        bool takesRemote = layout.OuterTransport >= 0 && layout[layout.OuterTransport].Kind == LayerKind.Udp
            && UdpHeader.TryCreate(packet.Linear[layout[layout.OuterTransport].Offset..], out UdpHeader udp)
            && udp.DestinationPort == 8472 && layout[layout.NetworkOf(layout.OuterTransport)].Kind == LayerKind.IPv4;
        var options = new ReceiveOptions
        {
            VxlanRemoteChecksum = takesRemote,
            ZeroChecksum6Ports = ZeroPorts,
            VlanNumbers = new HashSet<ushort>(),
        };
        ReceiveVerdict verdict = ReceivePath.Judge(packet, options);
        if (counts is not null && !isRefused)
            Count(verdict, packet, counts);
        return verdict;
    }

    /// <inheritdoc/>
    public void Dispose() => _pool.Dispose();

    private static void Count(in ReceiveVerdict verdict, Packet packet, Dictionary<string, int> counts)
    {
        bool isIPv6 = verdict.Layer == LayerKind.IPv6 || (verdict.Layer != LayerKind.IPv4 && IsIPv6(packet, verdict.Offset));
        string udp = isIPv6 ? "Udp6" : "Udp:";
        string udpLite = isIPv6 ? "UdpLite6" : "UdpLite:";
        string[] counted = verdict.Reason switch
        {
            ReceiveDropReason.IPHeaderInvalid => [isIPv6 ? "Ip6InHdrErrors" : "Ip:InHdrErrors"],
            ReceiveDropReason.IPHeaderChecksum => ["Ip:InHdrErrors", "IpExt:InCsumErrors"],
            ReceiveDropReason.IPTruncated => [isIPv6 ? "Ip6InTruncatedPkts" : "IpExt:InTruncatedPkts"],
            ReceiveDropReason.ChecksumBeyondPacket when isIPv6 => ["Ip6InHdrErrors"],
            ReceiveDropReason.TcpChecksum => ["Tcp:InCsumErrors"],
            ReceiveDropReason.UdpLengthInvalid => [udp + "InErrors"],
            ReceiveDropReason.UdpChecksum or ReceiveDropReason.UdpChecksumMissing => [udp + "InErrors", udp + "InCsumErrors"],
            ReceiveDropReason.UdpLiteInvalid when IsBeyond(packet, verdict.Offset) => [udpLite + "InErrors"],
            ReceiveDropReason.UdpLiteInvalid or ReceiveDropReason.UdpLiteChecksum => [udpLite + "InErrors", udpLite + "InCsumErrors"],
            ReceiveDropReason.IcmpChecksum => ["Icmp:InCsumErrors"],
            ReceiveDropReason.IcmpV6Checksum => ["Icmp6InCsumErrors"],
            ReceiveDropReason.HeaderIncomplete when verdict.Layer == LayerKind.UdpLite => [udpLite + "InErrors"],
            _ => [],
        };
        foreach (string name in counted)
            counts[name] = counts.GetValueOrDefault(name) + 1;
    }

    private static bool IsIPv6(Packet packet, int offset)
    {
        LayerKind network = LayerKind.None;
        for (int i = 0; i < packet.Layout.Count && packet.Layout[i].Offset <= offset; i++)
            network = packet.Layout[i].IsNetwork ? packet.Layout[i].Kind : network;
        return network == LayerKind.IPv6;
    }

    /// <summary>A coverage of more than there is, is taken for a length first, and is wrong as that.</summary>
    private static bool IsBeyond(Packet packet, int offset)
    {
        for (int i = 0; i < packet.Layout.Count; i++)
        {
            if (packet.Layout[i].Offset == offset && UdpLiteHeader.TryCreate(packet.Linear[offset..], out UdpLiteHeader header))
                return header.Coverage > packet.Layout[i].Length;
        }
        return false;
    }
}
