using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Transmit;

/// <summary>Finishes what a packet owes and its device does not (<c>skb_csum_hwoffload_help</c>).</summary>
internal static class ChecksumCompletion
{
    private const GsoType OuterChecksums = GsoType.UdpTunnelChecksum | GsoType.GreChecksum;

    /// <summary>Bytes of CRC32c, the widest of the checksums.</summary>
    private const int WidestChecksum = sizeof(uint);

    /// <summary>Leaves the checksum of a packet that is no super-frame to the device, or finishes it.</summary>
    public static DropReason Complete<TObserver>(Packet packet, DeviceFeatures features, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        OffloadState offload = packet.Offload;
        if (offload.Checksum != ChecksumState.Partial)
            return DropReason.None;
        if (!PartialChecksum.Fits(packet.OriginalLength, offload.ChecksumStart, offload.ChecksumOffset))
            return DropReason.ChecksumBeyondPacket;
        if (PacketFeatures.CanChecksum(packet, offload, features))
        {
            TellLeft(offload, features, ref observer);
            return DropReason.None;
        }
        // A clone shares the headers' bytes; what is written from here on is this packet's alone (skb_ensure_writable).
        if (packet.IsShared)
            packet.EnsureWritable(Math.Min(packet.Length, offload.ChecksumStart + offload.ChecksumOffset + WidestChecksum));
        if ((offload.GsoType & OuterChecksums) != 0)
        {
            DropReason reason = LocalChecksumOffload.CompleteOuter(packet);
            if (reason != DropReason.None)
                return reason;
            Tell(TransmitStep.OuterChecksumCompleted, TransmitCause.None, features, DeviceFeatures.None, ref observer);
        }
        DeviceFeatures needed = offload.ChecksumIsCrc32C ? DeviceFeatures.ChecksumSctp : DeviceFeatures.ChecksumGeneric;
        if (packet.MissingTail > 0)
        {
            Tell(TransmitStep.ChecksumLeft, TransmitCause.TailMissing, features, needed, ref observer);
            return DropReason.None;
        }
        TransmitStep step = offload.ChecksumIsCrc32C ? TransmitStep.Crc32CCompleted : TransmitStep.ChecksumCompleted;
        Tell(step, TransmitCause.FeatureLacking, features, needed, ref observer);
        return PartialChecksum.Complete(packet);
    }

    private static void TellLeft<TObserver>(in OffloadState offload, DeviceFeatures features, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        if (!Unobserved.IsNot<TObserver>())
            return;
        DeviceFeatures by = features & (offload.ChecksumIsCrc32C ? DeviceFeatures.ChecksumSctp : DeviceFeatures.ChecksumMask);
        bool reliable = by == DeviceFeatures.None;
        TransmitCause cause = reliable ? TransmitCause.MediumReliable : TransmitCause.DeviceDoes;
        Tell(TransmitStep.ChecksumLeft, cause, features, reliable ? DeviceFeatures.NoChecksum : by, ref observer);
    }

    private static void Tell<TObserver>(
        TransmitStep step, TransmitCause cause, DeviceFeatures features, DeviceFeatures needed, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        if (Unobserved.IsNot<TObserver>())
            observer.Decided(new TransmitDecision { Step = step, Cause = cause, Before = features, After = features, Needed = needed });
    }
}
