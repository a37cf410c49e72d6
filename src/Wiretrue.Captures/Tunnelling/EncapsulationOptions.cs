using Wiretrue.Captures.Formats;
using Wiretrue.Headers;
using Wiretrue.Tunnels;

namespace Wiretrue.Captures.Tunnelling;

/// <summary>Into which tunnel the packets of a capture go, and what becomes of those that cannot.</summary>
public sealed record EncapsulationOptions
{
    /// <summary>
    /// The tunnel. One that carries Ethernet frames has a <see cref="Tunnel.Link"/>; one that carries IP packets has none, as the captured link
    /// header stays before the outer IP header.
    /// </summary>
    public required Tunnel Tunnel { get; init; }

    /// <summary>The version of IP that goes in, for a tunnel of IP packets: IPv4 or IPv6; null for both.</summary>
    public LayerKind? Version { get; init; }

    /// <summary>
    /// Checksums of TCP and UDP that are right are made half-made ones again, for the tunnel to leave them to the receiver; with remote checksum
    /// offload.
    /// </summary>
    public bool LeavesChecksums { get; init; }

    /// <summary>Packets that cannot go in are written as they are. By default they are left out.</summary>
    public bool KeepOthers { get; init; }

    /// <summary>The container to write; null for the input's own.</summary>
    public CaptureFormat? OutputFormat { get; init; }

    /// <summary>The time of the packet that goes in, for a tunnel whose header tells it.</summary>
    public CaptureClock? Clock { get; init; }

    /// <summary>Whether frames go in, with their Ethernet headers.</summary>
    internal bool TakesFrames => Tunnel.Link is not null;
}
