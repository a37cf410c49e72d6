using Wiretrue.Devices;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Captures.Diagnosis;

/// <summary>Tells from a device's features how a capture on it will differ from the wire.</summary>
/// <remarks>
/// Linux hands a copy to packet sockets after <c>validate_xmit_skb</c>, so on what is sent only that shows which is left to the device: what software cuts
/// or completes before it is whole. Of what is received it shows what the driver made and <c>napi_gro_receive</c> merged.
/// </remarks>
public static class ExpectedArtefacts
{
    /// <summary>All of them, what is sent first. Depends on nothing but the device's features and limits.</summary>
    public static IReadOnlyList<ExpectedArtefact> Of(NetDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return [.. Sent(device), .. Received(device)];
    }

    private static IEnumerable<ExpectedArtefact> Sent(NetDevice device)
    {
        DeviceFeatures on = device.Features;
        string which = (on & Loopback) != 0 ? "what is sent, and so received" : "what is sent";
        if ((on & (ChecksumMask | NoChecksum)) is var checksums and not None)
            yield return Make(device, ArtefactKind.HalfMadeChecksum, $"{which}: half-made checksums of TCP and UDP over {Families(on)}", checksums);
        if ((on & ChecksumSctp) != 0)
            yield return Make(device, ArtefactKind.SctpChecksumOwed, $"{which}: SCTP with a CRC32c of 0", ChecksumSctp);
        if ((on & (TcpSegmentation | Tcp6Segmentation)) is var tcp and not None)
        {
            string families = tcp == TcpSegmentation ? " over IPv4" : tcp == Tcp6Segmentation ? " over IPv6" : "";
            yield return Make(device, ArtefactKind.TcpSuperFrame, $"{which}: super-frames of TCP{families}, up to {device.GsoMaxSize} bytes", tcp);
        }
        if ((on & UdpSegmentation) != 0)
            yield return Make(device, ArtefactKind.UdpSuperDatagram, $"{which}: super-datagrams of UDP, of as many as 128 datagrams", UdpSegmentation);
        if ((on & UdpFragmentation) != 0)
            yield return Make(device, ArtefactKind.UdpSuperDatagram, $"{which}: datagrams of UDP before they are cut into fragments", UdpFragmentation);
        if ((on & TunnelMask) is var tunnels and not None)
            yield return Make(device, ArtefactKind.TunnelSuperFrame, $"{which}: super-frames inside {Tunnels(tunnels)}, up to {device.GsoMaxSize} bytes", tunnels);
        if ((on & (VlanInsert | ServiceVlanInsert)) is var tags and not None)
            yield return Make(device, ArtefactKind.VlanTagOutside, $"{which}: {TagOutside}", tags);
        if ((on & (TlsTransmit | TlsRecord | Esp)) is var crypto and not None)
            yield return Make(device, ArtefactKind.ClearText, $"{which}: payloads in clear that the device encrypts", crypto);
    }

    private static IEnumerable<ExpectedArtefact> Received(NetDevice device)
    {
        DeviceFeatures on = device.Features;
        bool loops = (on & Loopback) != 0;
        if (device.ReceivesOwed && !loops)
        {
            yield return Unpreventable(
                ArtefactKind.HalfMadeChecksum, "what is received: half-made checksums and super-frames, as another stack on this host left them", None);
        }
        // What goes round on the loopback was never merged: it arrives as it was sent.
        if ((on & GenericReceive) != 0 && !loops)
            yield return Make(device, ArtefactKind.TcpSuperFrame, $"what is received: TCP merged by software, up to {device.GroMaxSize} bytes", GenericReceive, received: true);
        if ((on & GenericReceiveHardware) != 0)
            yield return Make(device, ArtefactKind.TcpSuperFrame, "what is received: TCP merged by the device", GenericReceiveHardware, received: true);
        if ((on & LargeReceive) != 0)
        {
            yield return Make(
                device, ArtefactKind.TcpSuperFrame, "what is received: TCP merged by the device into frames with headers and checksums of their own", LargeReceive,
                received: true);
        }
        if ((on & GenericReceive) != 0 && !loops && (on & (GenericReceiveList | GenericReceiveUdpForwarding)) is var udp and not None)
            yield return Make(device, ArtefactKind.UdpSuperDatagram, "what is received: UDP merged by software, also what is only forwarded", udp, received: true);
        // Linux takes a tag out of the bytes before any packet socket sees them, whether the device has done so or not (skb_vlan_untag). On a bare
        // medium, which does nothing but take parts, there is no Linux.
        if ((on & VlanChallenged) == 0 && (on & ~(ScatterGather | FragmentList | HighDma)) != 0)
            yield return Unpreventable(ArtefactKind.VlanTagOutside, $"what is received: {TagOutside}", on & (VlanParse | ServiceVlanParse));
        if ((on & ReceiveFcs) != 0)
            yield return Make(device, ArtefactKind.FrameCheckSequence, "what is received: four bytes of frame check sequence at the end", ReceiveFcs, received: true);
        if ((on & ReceiveAll) != 0)
            yield return Make(device, ArtefactKind.BrokenFrame, "what is received: frames that are broken", ReceiveAll, received: true);
        if ((on & (TlsReceive | TlsRecord)) is var crypto and not None)
            yield return Make(device, ArtefactKind.ClearText, "what is received: payloads in clear that the device decrypted", crypto, received: true);
    }

    private const string TagOutside = "VLAN tags outside of the bytes (libpcap puts them back; others must ask for PACKET_AUXDATA)";

    private static ExpectedArtefact Make(NetDevice device, ArtefactKind kind, string description, DeviceFeatures because, bool received = false)
    {
        // One that cannot be switched off keeps the artefact alive, whatever the others do.
        bool preventable = (because & ~device.HardwareFeatures) == None;
        return new ExpectedArtefact(kind, received, description, because, preventable ? because : None);
    }

    private static ExpectedArtefact Unpreventable(ArtefactKind kind, string description, DeviceFeatures because) =>
        new(kind, Received: true, description, because, None);

    private static string Families(DeviceFeatures checksums) =>
        (checksums & (ChecksumGeneric | NoChecksum)) != 0 || (checksums & ChecksumMask) == (ChecksumIPv4 | ChecksumIPv6) ? "IPv4 and IPv6"
        : (checksums & ChecksumIPv4) != 0 ? "IPv4"
        : "IPv6";

    private static string Tunnels(DeviceFeatures tunnels)
    {
        (DeviceFeatures Of, string Word)[] words =
        [
            (UdpTunnelSegmentation | UdpTunnelChecksumSegmentation, "UDP tunnels (VXLAN, Geneve)"),
            (GreSegmentation | GreChecksumSegmentation, "GRE"),
            (IPXIP4Segmentation, "IPv4"),
            (IPXIP6Segmentation, "IPv6"),
        ];
        string[] named = [.. words.Where(word => (tunnels & word.Of) != 0).Select(word => word.Word)];
        return named.Length == 1 ? named[0] : $"{string.Join(", ", named[..^1])} and {named[^1]}";
    }
}
