using System.Globalization;
using System.Net;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Packets;
using Wiretrue.Testing.Kernel;
using Wiretrue.Transmit;
using Wiretrue.Tunnels;

namespace Wiretrue.Oracle.Tests.Tunnels;

/// <summary>What the library makes of the frames that the kernel's VXLAN device is given: in the same tunnel, for the same TAP.</summary>
/// <remarks>
/// <code>
///   Enter ──► what a VXLAN device takes undone ──► Inside ──► Encapsulate ──► what the TAP's reader takes undone ──► Ready
/// </code>
/// </remarks>
internal sealed class VxlanTransmit : IDisposable
{
    private readonly PacketPool _pool;
    private readonly NetDevice _device = VxlanDeviceModel.Create();
    private readonly NetDevice _underlay;
    private UdpTunnel _tunnel;
    private readonly bool _isGpe;

    /// <summary>The end of the tunnel that the kernel's device is at, or the other one.</summary>
    public VxlanTransmit(VxlanLink link, TapOffloads offloads, bool isPeer)
    {
        _underlay = TapModel.Create(offloads);
        _tunnel = TunnelOf(link, isPeer);
        _isGpe = link.Settings.IsGpe;
        // Packets come by the hundred thousand.
        _pool = new PacketPool { TrackOwners = false, TunnelPorts = PortsOf(link) };
    }

    /// <summary>Frames that are still to be encapsulated.</summary>
    public PacketQueue Inside { get; } = new();

    /// <summary>What the reader of the outer TAP is given.</summary>
    public PacketQueue Ready { get; } = new();

    /// <summary>Takes a frame in as the kernel does from a TAP, and hands it to the tunnel's device: <see cref="Inside"/> has what is left of it.</summary>
    public DropReason Enter(SuperFrame sent)
    {
        OffloadState state = Wire.StateOf(sent.Header, sent.Frame.Length);
        if (state.IsGso)
            state = state with { GsoType = state.GsoType | GsoType.Dodgy };
        Packet packet = _pool.Rent(sent.Frame, state);
        packet.ExtractVlanTag();
        return TransmitPath.Validate(packet, _device, Inside);
    }

    /// <summary>The mark of the frames from now on, which is their group.</summary>
    public void SetMark(uint mark) => _tunnel = (VxlanTunnel)_tunnel with { GroupPolicy = PolicyOf(mark) };

    /// <summary>Puts a frame into the tunnel, with what Linux would draw given, and sends it: <see cref="Ready"/> has what comes out.</summary>
    public DropReason Encapsulate(Packet packet, ushort sourcePort, ushort identification)
    {
        Encapsulator encapsulator = (_tunnel with { SourcePorts = SourcePortRange.Only(sourcePort) }).CreateEncapsulator();
        encapsulator.NextIdentification = identification;
        if (_isGpe)
        {
            // A device without Ethernet addresses is given what is behind the header.
            packet.Pull(EthernetHeader.Size);
            packet.LinkType = LinkType.Raw;
        }
        DropReason reason = encapsulator.Encapsulate(packet);
        if (reason == DropReason.None)
            return TransmitPath.Validate(packet, _underlay, Ready);
        packet.Dispose();
        return reason;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inside.Dispose();
        Ready.Dispose();
        _pool.Dispose();
    }

    /// <summary>What is at the link's port.</summary>
    public static TunnelPorts PortsOf(VxlanLink link) =>
        TunnelPorts.Assigned.With(link.Port, link.Settings.IsGpe ? LayerKind.VxlanGpe : LayerKind.Vxlan);

    /// <summary>The library's words for how the kernel's device was made, or for the other end of its tunnel.</summary>
    public static UdpTunnel TunnelOf(VxlanLink link, bool isPeer, bool isEager = false)
    {
        VxlanSettings settings = link.Settings;
        (IPAddress from, IPAddress to) = isPeer ? (link.Remote, link.Local) : (link.Local, link.Remote);
        (ulong source, ulong destination) = isPeer ? (VxlanLink.RemoteLink, VxlanLink.LocalLink) : (VxlanLink.LocalLink, VxlanLink.RemoteLink);
        // Linux leaves checksums to the receiver, and takes them, whether or not anything protects them on the way.
        bool isLeft = isPeer ? settings.TakesLeftChecksums : settings.LeavesChecksums;
        var remote = new RemoteChecksumOptions { Transmit = isLeft, Receive = isPeer ? settings.LeavesChecksums : settings.TakesLeftChecksums, IsEager = isEager, AllowsUnprotected = true };
        UdpTunnel tunnel = settings.IsGpe
            ? new VxlanGpeTunnel { Local = from, Remote = to, NetworkIdentifier = VxlanLink.VirtualNetwork }
            : new VxlanTunnel
            {
                Local = from,
                Remote = to,
                NetworkIdentifier = VxlanLink.VirtualNetwork,
                RemoteChecksum = remote,
                GroupPolicy = settings.HasPolicy ? default(GroupPolicy) : null,
            };
        return tunnel with
        {
            Link = new EthernetHeaderFields(destination, source, default),
            DestinationPort = link.Port,
            UdpChecksum = settings.HasChecksum,
            ZeroChecksum6Transmit = !settings.HasChecksum,
            ZeroChecksum6Receive = settings.TakesZeroChecksum || !settings.HasChecksum,
            TypeOfService = NumberOf(settings.Tos, NumberStyles.HexNumber, otherwise: 0),
            TimeToLive = NumberOf(settings.Ttl, NumberStyles.Integer, otherwise: 64),
            DontFragment = settings.Df switch { "set" => DontFragment.Always, "inherit" => DontFragment.Inherit, _ => DontFragment.Never },
            FlowLabel = settings.FlowLabel ?? 0,
        };
    }

    /// <summary>A mark as the kernel reads it (<c>VXLAN_GBP_*</c>, net/vxlan.h).</summary>
    private static GroupPolicy PolicyOf(uint mark) => new((ushort)mark, (mark & (1 << 22)) != 0, (mark & (1 << 19)) != 0);

    private static byte? NumberOf(string? word, NumberStyles style, byte otherwise) => word switch
    {
        null => otherwise,
        "inherit" => null,
        _ => byte.Parse(word, style, CultureInfo.InvariantCulture),
    };
}
