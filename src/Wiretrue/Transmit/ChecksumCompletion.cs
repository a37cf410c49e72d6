using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Transmit;

/// <summary>Finishes what a packet owes and its device does not (<c>skb_csum_hwoffload_help</c>, <c>skb_checksum_help</c>).</summary>
internal static class ChecksumCompletion
{
    /// <summary>Bytes of CRC32c, the widest of the checksums.</summary>
    private const int WidestChecksum = sizeof(uint);

    /// <summary>Leaves the checksum of a packet that is no super-frame to the device, or finishes it.</summary>
    public static DropReason Complete<TObserver>(Packet packet, DeviceFeatures features, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        OffloadState offload = packet.Offload;
        if (offload.Checksum == ChecksumState.Complete)
        {
            // The sum is a receiver's word on bytes that were received; to who is sent to, it says nothing (skb_forward_csum).
            packet.Offload = offload with { Checksum = ChecksumState.None, ChecksumStart = 0, CompleteSum = 0 };
            Decisions.Tell(TransmitStep.VerdictForgotten, TransmitCause.None, features, DeviceFeatures.None, ref observer);
        }
        if (offload.Checksum != ChecksumState.Partial)
            return DropReason.None;
        if (!PartialChecksum.Fits(packet.OriginalLength, offload))
            return DropReason.ChecksumBeyondPacket;
        if (ChecksumFeatures.Finish(packet, offload, features))
        {
            TellLeft(offload, features, ref observer);
            return DropReason.None;
        }
        return InSoftware(packet, offload, features, ref observer);
    }

    /// <summary>Tells what became of the checksums of segments, of which <paramref name="first"/> and <paramref name="last"/> are the states.</summary>
    public static void TellOfSegments<TObserver>(
        Packet packet, in OffloadState first, in OffloadState last, DeviceFeatures features, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        bool isCrc = packet.Offload.ChecksumIsCrc32C;
        if (first.Checksum != ChecksumState.Partial)
            TellCompleted(isCrc, features, ref observer);
        // The bytes that are missing are those of the last segments.
        if (last.Checksum == ChecksumState.Partial && packet.MissingTail > 0)
            Decisions.Tell(TransmitStep.ChecksumLeft, TransmitCause.TailMissing, features, NeededFor(isCrc), ref observer);
        else if (first.Checksum == ChecksumState.Partial)
            TellLeft(first, features, ref observer);
    }

    private static DropReason InSoftware<TObserver>(Packet packet, in OffloadState offload, DeviceFeatures features, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        // A clone shares the headers' bytes; what is written from here on is this packet's alone (skb_ensure_writable).
        if (packet.IsShared)
            packet.EnsureWritable(Math.Min(packet.Length, offload.ChecksumStart + offload.ChecksumOffset + WidestChecksum));
        if ((offload.GsoType & GsoTypeExtensions.OuterChecksums) != 0)
        {
            DropReason reason = LocalChecksumOffload.CompleteOuter(packet);
            if (reason != DropReason.None)
                return reason;
            Decisions.Tell(TransmitStep.OuterChecksumCompleted, TransmitCause.None, features, DeviceFeatures.None, ref observer);
        }
        if (packet.MissingTail > 0)
        {
            Decisions.Tell(
                TransmitStep.ChecksumLeft, TransmitCause.TailMissing, features, NeededFor(offload.ChecksumIsCrc32C), ref observer);
            return DropReason.None;
        }
        TellCompleted(offload.ChecksumIsCrc32C, features, ref observer);
        return PartialChecksum.Complete(packet);
    }

    private static DeviceFeatures NeededFor(bool crc) => crc ? DeviceFeatures.ChecksumSctp : DeviceFeatures.ChecksumGeneric;

    private static void TellCompleted<TObserver>(bool isCrc, DeviceFeatures features, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        DeviceFeatures others = isCrc ? DeviceFeatures.None : features & DeviceFeatures.ChecksumMask;
        Decisions.Tell(
            isCrc ? TransmitStep.Crc32CCompleted : TransmitStep.ChecksumCompleted,
            others == DeviceFeatures.None ? TransmitCause.FeatureLacking : TransmitCause.ProtocolNotCovered,
            features,
            others == DeviceFeatures.None ? NeededFor(isCrc) : others,
            ref observer);
    }

    private static void TellLeft<TObserver>(in OffloadState offload, DeviceFeatures features, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        DeviceFeatures by = features & (offload.ChecksumIsCrc32C ? DeviceFeatures.ChecksumSctp : DeviceFeatures.ChecksumMask);
        bool reliable = by == DeviceFeatures.None;
        Decisions.Tell(
            TransmitStep.ChecksumLeft,
            reliable ? TransmitCause.MediumReliable : TransmitCause.DeviceDoes,
            features,
            reliable ? DeviceFeatures.NoChecksum : by,
            ref observer);
    }
}
