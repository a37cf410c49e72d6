using Wiretrue.Devices;
using Wiretrue.Headers;

namespace Wiretrue.Receive;

/// <summary>What came of judging a received packet, and where that was decided.</summary>
public readonly record struct ReceiveVerdict
{
    /// <summary>What the stack makes of the packet.</summary>
    public ReceiveOutcome Outcome { get; init; }

    /// <summary>Why it was dropped, if it was.</summary>
    public ReceiveDropReason Reason { get; init; }

    /// <summary>The header at which it was decided; <see cref="LayerKind.None"/> for a packet that was gone through to its end.</summary>
    public LayerKind Layer { get; init; }

    /// <summary>Where that header begins, in bytes from the packet's first.</summary>
    public int Offset { get; init; }

    /// <summary>
    /// A sum that the device gave, or that follows from its word, did not fit, and the bytes did: the device or its driver is at fault, and the
    /// packet is not (<c>netdev_rx_csum_fault</c>).
    /// </summary>
    public bool HasDeviceFault { get; init; }

    /// <summary>True when nothing is wrong with the packet.</summary>
    public bool IsAccepted => Outcome == ReceiveOutcome.Accepted;
}
