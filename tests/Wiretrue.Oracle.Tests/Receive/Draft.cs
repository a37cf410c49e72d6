using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>A packet of a flow before it is built: what a disturbance changes.</summary>
internal sealed record Draft
{
    /// <summary>The IP header.</summary>
    public required IPFields IP { get; set; }

    /// <summary>The TCP header, when there is one.</summary>
    public TcpFields? Tcp { get; set; }

    /// <summary>The UDP header, when there is one.</summary>
    public UdpFields? Udp { get; set; }

    /// <summary>The number of what the IP header carries when that is neither.</summary>
    public byte Protocol { get; set; }

    /// <summary>What it carries.</summary>
    public byte[] Payload { get; set; } = [];

    /// <summary>What follows the IP packet, and belongs to nothing.</summary>
    public byte[] Trailer { get; set; } = [];

    /// <summary>Bytes of the IP packet behind the IP header.</summary>
    public int TransportLength => (Tcp is { } tcp ? 20 + tcp.Options.Length : Udp is null ? 0 : 8) + Payload.Length;

    /// <summary>The packet, and its trailer.</summary>
    public byte[] Build()
    {
        byte[] packet = this switch
        {
            { Tcp: { } tcp } => Frames.Tcp(IP, tcp, Payload),
            { Udp: { } udp } => Frames.Udp(IP, udp, Payload),
            _ => IP.Wrap(Protocol, Payload),
        };
        return [.. packet, .. Trailer];
    }
}
