using System.Buffers.Binary;
using Wiretrue.Captures.Inference;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Captures.Tunnelling;

/// <summary>Whether a packet's own checksum can be left to the receiver, and come back as it was.</summary>
/// <param name="Owed">What the packet owes then; nothing when it cannot be.</param>
/// <param name="Field">What its checksum field holds then, as a big-endian number.</param>
internal readonly record struct RemoteChecksumPlan(OffloadState Owed, ushort Field)
{
    /// <summary>Looks at a packet that is in no tunnel yet.</summary>
    /// <param name="packet">The captured bytes.</param>
    /// <param name="layout">Their walk.</param>
    /// <param name="carried">What of them goes into the tunnel.</param>
    public static RemoteChecksumPlan Of(ReadOnlySpan<byte> packet, in PacketLayout layout, in Carried carried)
    {
        int index = layout.OuterTransport;
        if (index < 0 || index != layout.InnerTransport || layout[index].Kind is not (LayerKind.Tcp or LayerKind.Udp))
            return default;
        ref readonly Layer transport = ref layout[index];
        // The receiver sums to the end of what comes out.
        if (transport.End != carried.WireEnd || carried.End != carried.WireEnd)
            return default;
        CapturedChecksum checksum = new ChecksumClassifier(packet, in layout, exact: true).Classify(index);
        int offset = TransportChecksum.FieldOffset(transport.Kind);
        ushort field = checksum is CapturedChecksum.Good or CapturedChecksum.Partial
            ? BinaryPrimitives.ReadUInt16BigEndian(packet[(transport.Offset + offset)..]) : (ushort)0;
        // 0 would come back as all ones.
        if (field == 0)
            return default;
        var owed = new OffloadState
        {
            Checksum = ChecksumState.Partial,
            ChecksumStart = transport.Offset - carried.Start,
            ChecksumOffset = (ushort)offset,
        };
        return new RemoteChecksumPlan(owed, PseudoHeader.Sum(packet, in layout, index, transport.Length));
    }
}
