using Wiretrue.Packets;

namespace Wiretrue.Captures.Inference;

/// <summary>What is to be done about one captured packet.</summary>
/// <param name="Changes">
/// The packet is to go down the transmit path, after <see cref="OffloadInference.Normalize"/>; false: it is to be written as it was read.
/// </param>
/// <param name="Owed">What is owed to it; nothing when only its headers' conventions are to be put right.</param>
/// <param name="Left">What remains wrong with it, changed or not.</param>
public readonly record struct PacketDecision(bool Changes, OffloadState Owed, LeftReason Left);
