using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Receive;

/// <summary>What devices of each class say of the bytes that they received (linux/skbuff.h, "Checksumming of received packets by device").</summary>
internal static class DeviceReception
{
    /// <summary>What the device says of the checksums of <paramref name="packet"/>.</summary>
    public static OffloadState StateOf(Packet packet, NetDevice device)
    {
        OffloadState given = packet.Offload;
        // What another stack on this host left owed, or vouches for, is handed on as it came.
        if (device.ReceivesOwed && given.Checksum != ChecksumState.None)
            return given;
        OffloadState silent = given with
        {
            Checksum = ChecksumState.None,
            ChecksumLevel = 0,
            ChecksumStart = 0,
            ChecksumOffset = 0,
            CompleteSum = 0,
            ChecksumIsCrc32C = false,
        };
        if ((device.Features & DeviceFeatures.ReceiveChecksum) == 0 || packet.MissingTail > 0)
            return silent;
        return device.Receiver switch
        {
            ReceiverClass.Opaque => Opaque(packet, silent),
            ReceiverClass.Smart => Smart(packet, silent),
            _ => silent,
        };
    }

    /// <summary>
    /// As many levels as it verified one after the other from the outside, 4 at most. Of a packet with anything wrong, or that it does not
    /// understand to the end, it says nothing at all: that is not to say that it is bad.
    /// </summary>
    private static OffloadState Opaque(Packet packet, in OffloadState silent)
    {
        packet.Offload = silent;
        var cursor = new ReceiveCursor(packet, ReceiveOptions.Default) { IsCard = true };
        var nobody = default(UnobservedReceive);
        ReceiveVerdict verdict = ReceiveLoop.Judge(ref cursor, ref nobody);
        return verdict.IsAccepted ? cursor.Checksums.Whole(silent) : silent;
    }

    /// <summary>
    /// The sum from behind the link header to the end of the frame, whatever is in it: VLAN tags and padding count, zero or not. So a card
    /// need not know any protocol.
    /// </summary>
    private static OffloadState Smart(Packet packet, in OffloadState silent)
    {
        packet.Walk();
        int start = packet.Layout.Count == 0 || packet.Layout[0].IsNetwork ? 0 : packet.Layout[0].HeaderLength;
        return start > packet.Length
            ? silent
            : silent with
            {
                Checksum = ChecksumState.Complete,
                ChecksumStart = start,
                CompleteSum = packet.Sum(start, packet.Length - start),
            };
    }
}
