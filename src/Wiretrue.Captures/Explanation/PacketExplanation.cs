using Wiretrue.Captures.Inference;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Transmit;

namespace Wiretrue.Captures.Explanation;

/// <summary>The way of one captured packet to a device: what it is, what it was owed, what was done about it and what leaves.</summary>
public sealed record PacketExplanation
{
    /// <summary>Its number in the capture, from 1.</summary>
    public required long Frame { get; init; }

    /// <summary>What its first byte belongs to.</summary>
    public required LinkType LinkType { get; init; }

    /// <summary>Its bytes as captured.</summary>
    public required byte[] Captured { get; init; }

    /// <summary>Its length in bytes on the wire, or what passed for it; more than were captured when it was snapped.</summary>
    public required uint OriginalLength { get; init; }

    /// <summary>Its headers, outermost first.</summary>
    public required IReadOnlyList<Layer> Layers { get; init; }

    /// <summary>What is wrong with them, if anything is.</summary>
    public required PacketFault Fault { get; init; }

    /// <summary>What the inference saw.</summary>
    public required PacketVerdict Verdict { get; init; }

    /// <summary>What it decided.</summary>
    public required PacketDecision Decision { get; init; }

    /// <summary>Its bytes in Linux's conventions, as they go down the transmit path; what is behind the packet is not among them.</summary>
    public required byte[] Handed { get; init; }

    /// <summary>In what <see cref="Handed"/> is not as captured.</summary>
    public required IReadOnlyList<RewrittenField> Rewritten { get; init; }

    /// <summary>Each decision of the transmit path, in its order.</summary>
    public required IReadOnlyList<TransmitDecision> Walk { get; init; }

    /// <summary>Why the transmit path dropped the packet; a repair leaves such a packet as it is.</summary>
    public required DropReason Dropped { get; init; }

    /// <summary>What the device is given, in order; nothing when the packet was dropped.</summary>
    public required IReadOnlyList<ExplainedFrame> Frames { get; init; }

    /// <summary>Bytes behind the packet, which no header speaks of: padding, a trailer, a frame check sequence.</summary>
    public int TrailerLength => Captured.Length - Handed.Length;
}
