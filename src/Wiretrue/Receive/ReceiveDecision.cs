using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive;

/// <summary>One decision of <see cref="ReceivePath"/>, with what led to it; in words by <see cref="ToString"/>.</summary>
public readonly record struct ReceiveDecision
{
    /// <summary>What was found, or done.</summary>
    public ReceiveStep Step { get; init; }

    /// <summary>The header that it is about; <see cref="LayerKind.None"/> for the packet as a whole.</summary>
    public LayerKind Layer { get; init; }

    /// <summary>Where that header begins, in bytes from the packet's first.</summary>
    public int Offset { get; init; }

    /// <summary>With <see cref="ReceiveStep.HandedUp"/>: what the device says.</summary>
    public ChecksumState State { get; init; }

    /// <summary>
    /// With <see cref="ReceiveStep.HandedUp"/>: the level that the device gave. With <see cref="ReceiveStep.Trimmed"/>: bytes that are not the
    /// packet's.
    /// </summary>
    public int Count { get; init; }

    /// <summary>Why the packet was dropped, if it was.</summary>
    public ReceiveDropReason Reason { get; init; }

    /// <summary>One line for people.</summary>
    public override string ToString() => ReceiveWords.Describe(this);
}
