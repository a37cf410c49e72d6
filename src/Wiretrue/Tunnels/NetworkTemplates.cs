using System.Net.Sockets;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>The outer headers of a tunnel directly over IP: over IPv6 there are two, with and without the encapsulation limit.</summary>
internal sealed class NetworkTemplates
{
    private readonly HeaderTemplate _plain;
    private readonly HeaderTemplate? _limited;
    private readonly byte? _ownLimit;
    private byte _limit;

    /// <summary>Makes them for a header that IP knows as <paramref name="protocol"/>.</summary>
    public NetworkTemplates(NetworkTunnel tunnel, IPProtocol protocol, ReadOnlySpan<byte> header)
    {
        _plain = new HeaderTemplate(tunnel, protocol, header);
        if (tunnel.Remote.AddressFamily != AddressFamily.InterNetworkV6)
            return;
        byte[] limited = new byte[EncapsulationLimit.Size + header.Length];
        EncapsulationLimit.Write(limited, protocol, 0);
        header.CopyTo(limited.AsSpan(EncapsulationLimit.Size));
        _limited = new HeaderTemplate(tunnel, IPProtocol.DestinationOptions, limited);
        _ownLimit = tunnel.EncapsulationLimit;
    }

    /// <summary>Bytes of the longer one.</summary>
    public int Length => (_limited ?? _plain).Bytes.Length;

    /// <summary>The one for a packet (<c>ip6_tnl_xmit</c>).</summary>
    public DropReason Choose(Packet packet, out HeaderTemplate template)
    {
        template = _plain;
        if (_limited is null)
            return DropReason.None;
        int said = EncapsulationLimit.Of(packet);
        if (said == 0)
            return DropReason.TunnelEncapsulationLimit;
        if (said < 0 && _ownLimit is null)
            return DropReason.None;
        _limit = said < 0 ? _ownLimit!.Value : (byte)(said - 1);
        template = _limited;
        return DropReason.None;
    }

    /// <summary>Fills in what was chosen last, and returns where the header behind it begins.</summary>
    public int Write(Packet packet, HeaderTemplate template)
    {
        if (template != _limited)
            return template.TunnelOffset;
        packet.Linear[template.TunnelOffset + EncapsulationLimit.ValueOffset] = _limit;
        return template.TunnelOffset + EncapsulationLimit.Size;
    }
}
