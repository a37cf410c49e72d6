using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>
/// Cutting for a device that repeats the outer headers as they are (<c>NETIF_F_GSO_PARTIAL</c>, net/core/skbuff.c): software makes the largest
/// piece of whole frames, with outer headers that are those of one frame, and the device cuts the piece.
/// </summary>
/// <remarks>
/// <code>
///  super-frame  [ outer │ inner │ payload, 44 × 1448 and 300 more ]
///
///  piece        [ outer of one frame │ inner of one frame, TCP of 44 │ 44 × 1448 ]   gso_size 1448, gso_segs 44
///  remainder    [ outer              │ inner                         │ 300       ]   a frame like any other
/// </code>
/// The lengths of all IP and tunnel headers are one frame's, and the outer checksum is right for such a frame whatever its payload. The
/// transport's checksum is owed, over the length of the whole piece. The device repeats the outer identification, or counts it up.
/// </remarks>
internal static class PartialSegmentation
{
    private const DeviceFeatures Needed = DeviceFeatures.PartialSegmentation | DeviceFeatures.ScatterGather;

    /// <summary>True when the device takes such pieces, which have their checksums owed and may be in parts.</summary>
    public static bool IsWanted(DeviceFeatures features) =>
        (features & Needed) == Needed && (features & DeviceFeatures.ChecksumMask) != 0;

    /// <summary>Says of each piece what the device is to make of it.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="plan">How they were cut.</param>
    /// <param name="type">The super-frame's.</param>
    public static void Announce(Packet first, in SegmentPlan plan, GsoType type)
    {
        // Headers were looked at on the way, so the source need not be trusted any more.
        type = (type | GsoType.Partial) & ~GsoType.Dodgy;
        int left = plan.PayloadLength;
        for (Packet? piece = first; piece is not null && left > plan.GsoSize; piece = piece.Next)
        {
            int length = Math.Min(left, plan.SegmentPayload);
            piece.Offload = piece.Offload with
            {
                GsoType = type,
                GsoSize = plan.GsoSize,
                GsoSegments = (length + plan.GsoSize - 1) / plan.GsoSize,
            };
            left -= length;
        }
    }
}
