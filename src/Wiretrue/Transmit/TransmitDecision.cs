using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Transmit;

/// <summary>One decision of <see cref="TransmitPath"/>, with what led to it; in words by <see cref="ToString"/>.</summary>
public readonly record struct TransmitDecision
{
    /// <summary>What was decided.</summary>
    public TransmitStep Step { get; init; }

    /// <summary>Why.</summary>
    public TransmitCause Cause { get; init; }

    /// <summary>The features that there were for the packet.</summary>
    public DeviceFeatures Before { get; init; }

    /// <summary>Those that are left; the same, but for a step that takes some away.</summary>
    public DeviceFeatures After { get; init; }

    /// <summary>The features that are in question: for work done in software, those that would have spared it, any one or all.</summary>
    public DeviceFeatures Needed { get; init; }

    /// <summary>What was counted: bytes or segments, as step and cause say.</summary>
    public int Count { get; init; }

    /// <summary>What the count was held against.</summary>
    public int Limit { get; init; }

    /// <summary>Why the packet was dropped, if it was.</summary>
    public DropReason Reason { get; init; }

    /// <summary>What is wrong with the offload state, where that is the reason.</summary>
    public OffloadFault Fault { get; init; }

    /// <summary>The features that this step took away.</summary>
    public DeviceFeatures Lost => Before & ~After;

    /// <summary>One line for people, with features by ethtool's words.</summary>
    public override string ToString() => TransmitWords.Describe(this);
}
