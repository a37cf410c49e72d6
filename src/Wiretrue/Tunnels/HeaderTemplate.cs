using System.Net;
using System.Net.Sockets;
using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;

namespace Wiretrue.Tunnels;

/// <summary>The headers that a tunnel puts before its packets, in one array, but for what each packet has of its own.</summary>
/// <remarks>
/// <code>
///   0          NetworkOffset        TunnelOffset
///   ┌──────────┬────────────────────┬────────────────────────┐
///   │ Ethernet │ IPv4 or IPv6       │ UDP or GRE, and so on  │
///   └──────────┴────────────────────┴────────────────────────┘
///     if any     lengths, ID, TTL, TOS, DF and checksums are 0
/// </code>
/// </remarks>
internal sealed class HeaderTemplate
{
    public HeaderTemplate(Tunnel tunnel, IPProtocol protocol, ReadOnlySpan<byte> header)
    {
        IsIPv4 = tunnel.Remote.AddressFamily == AddressFamily.InterNetwork;
        if (tunnel.Local.AddressFamily != tunnel.Remote.AddressFamily)
            Throw.Argument(nameof(tunnel), "The two ends of a tunnel have addresses of one family.");
        NetworkOffset = tunnel.Link is null ? 0 : EthernetHeader.Size;
        TunnelOffset = NetworkOffset + (IsIPv4 ? IPv4Header.MinimumSize : IPv6Header.Size);
        Bytes = new byte[TunnelOffset + header.Length];
        header.CopyTo(Bytes.AsSpan(TunnelOffset));
        if (tunnel.Link is { } link)
            (link with { EtherType = IsIPv4 ? EtherType.IPv4 : EtherType.IPv6 }).Write(Bytes);

        Span<byte> ip = Bytes.AsSpan(NetworkOffset);
        if (IsIPv4)
            WriteIPv4(ip, protocol, tunnel.Local, tunnel.Remote);
        else
            WriteIPv6(ip, protocol, tunnel.Local, tunnel.Remote, tunnel.FlowLabel);
        int addresses = IsIPv4 ? 12 : 8;
        ushort sum = InternetChecksum.Sum(Bytes.AsSpan((NetworkOffset + addresses)..TunnelOffset));
        PseudoHeaderSum = InternetChecksum.Add(sum, (ushort)protocol);
        NetworkSum = InternetChecksum.Sum(Bytes.AsSpan(NetworkOffset..TunnelOffset));
    }

    /// <summary>The headers.</summary>
    public byte[] Bytes { get; }

    /// <summary>Where the IP header begins.</summary>
    public int NetworkOffset { get; }

    /// <summary>Where the header behind it begins.</summary>
    public int TunnelOffset { get; }

    /// <summary>The outer packet is IPv4, and not IPv6.</summary>
    public bool IsIPv4 { get; }

    /// <summary>Sum of the IP header, as it is in the template.</summary>
    public ushort NetworkSum { get; }

    /// <summary>Sum of the outer pseudo-header, but for its length.</summary>
    public ushort PseudoHeaderSum { get; }

    private static void WriteIPv4(Span<byte> header, IPProtocol protocol, IPAddress source, IPAddress destination)
    {
        new IPv4HeaderFields(IPv4Header.MinimumSize, 0, 0, 0, false, false, 0, 0, protocol, 0, 0, 0).Write(header);
        source.TryWriteBytes(header[12..], out _);
        destination.TryWriteBytes(header[16..], out _);
    }

    private static void WriteIPv6(Span<byte> header, IPProtocol protocol, IPAddress source, IPAddress destination, int flowLabel)
    {
        new IPv6HeaderFields(0, flowLabel, 0, protocol, 0, 0, 0).Write(header);
        source.TryWriteBytes(header[8..], out _);
        destination.TryWriteBytes(header[24..], out _);
    }
}
