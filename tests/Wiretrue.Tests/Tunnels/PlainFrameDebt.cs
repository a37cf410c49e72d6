using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Tests.Tunnels;

/// <summary>Says what a plain frame owes that is no super-frame.</summary>
internal static class PlainFrameDebt
{
    /// <summary>The innermost checksum.</summary>
    public static OffloadState Owed(this PlainFrame frame) => new()
    {
        Checksum = ChecksumState.Partial,
        ChecksumStart = frame.TransportOffset,
        ChecksumOffset = (ushort)(frame.Transport switch { PlainTcp => 16, PlainSummed summed => summed.Field, _ => 6 }),
    };
}
