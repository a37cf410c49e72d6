using Wiretrue.Packets;

namespace Wiretrue.Captures.Inference;

/// <summary>What is to be done about one captured packet.</summary>
/// <param name="Changes">
/// The packet is to go down the transmit path, after <see cref="OffloadInference.Normalize"/>; false: it is to be written as it was read.
/// </param>
/// <param name="SuperFrame">It stands for several frames of the wire, whether it is to be cut or not.</param>
/// <param name="Length">
/// How many of the captured bytes are the packet: up to the end of the outermost IP packet. What is behind them (padding, a trailer, an
/// FCS) is covered by no checksum, and has to be kept from the transmit path, which sums to the end of what it is given.
/// </param>
/// <param name="Owed">What is owed to it; nothing when only its headers' conventions are to be put right.</param>
/// <param name="Left">What remains wrong with it, changed or not.</param>
public readonly record struct PacketDecision(bool Changes, bool SuperFrame, int Length, OffloadState Owed, LeftReason Left)
{
    /// <summary>Where the segment size in <see cref="Owed"/> was taken from.</summary>
    public SegmentSizeSource SizeFrom { get; init; }
}
