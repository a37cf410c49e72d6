using Wiretrue.Headers;

namespace Wiretrue.Captures.Tunnelling;

/// <summary>What is left of a packet once tunnels are taken off: a link header, and the bytes inside.</summary>
/// <remarks>
/// <code>
///   From       Network                       Inside                End
///   +----------+-----------------------------+---------------------+
///   | link     | taken off                   | stays               |
///   +----------+-----------------------------+---------------------+
/// </code>
/// An Ethernet frame inside brings its own link, so that nothing stays before it.
/// </remarks>
internal struct PeeledPacket
{
    /// <summary>Tunnels that were taken off.</summary>
    public int Levels { get; private set; }

    /// <summary>Why none was.</summary>
    public PeelFault Fault { get; private set; }

    /// <summary>Index of the first layer that stays: that of the link.</summary>
    public int From { get; private set; }

    /// <summary>Index of the layer where the link ends.</summary>
    public int Network { get; private set; }

    /// <summary>Index of the first layer inside the last tunnel.</summary>
    public int Inside { get; private set; }

    /// <summary>What the link carries now; 0 when what stays has a link of its own.</summary>
    public EtherType Type { get; private set; }

    /// <summary>One past the last byte that stays, in bytes from the packet's first, captured or not.</summary>
    public int End { get; private set; }

    /// <summary>Takes off as many tunnels as are asked for, the outermost first.</summary>
    /// <param name="packet">The captured bytes.</param>
    /// <param name="layout">Their walk.</param>
    /// <param name="options">Which, and how many.</param>
    /// <param name="report">Counts each.</param>
    public static PeeledPacket Peel(ReadOnlySpan<byte> packet, in PacketLayout layout, DecapsulationOptions options, DecapsulationReport report)
    {
        PeeledPacket peeled = default;
        int next = 0;
        while (peeled.Levels < options.Levels)
        {
            TunnelOpening opening = TunnelOpening.Find(packet, in layout, next);
            PeelFault fault = opening.Kind != TunnelKind.None && !options.Accepts(in opening)
                ? PeelFault.OtherTunnel : opening.Fault;
            if (fault != PeelFault.None)
            {
                peeled.Fault = peeled.Levels == 0 ? fault : PeelFault.None;
                break;
            }
            peeled.Take(in layout, in opening);
            report.Count(opening.Kind);
            next = opening.Inside;
        }
        return peeled;
    }

    private void Take(in PacketLayout layout, in TunnelOpening opening)
    {
        // IP in IP in a frame that was opened before: the link is still that frame's.
        bool continues = Levels > 0 && layout[opening.From].IsNetwork;
        if (opening.Type == 0)
            (From, Network) = (opening.Inside, opening.Inside);
        else if (!continues)
            (From, Network) = (opening.From, opening.Network);
        (Inside, Type) = (opening.Inside, opening.Type);
        // What the tunnel carries ends where its own packet does, padding inside included.
        End = layout[opening.Inside - 1].End;
        Levels++;
    }
}
