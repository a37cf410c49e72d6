namespace Wiretrue.Devices;

/// <summary>Why a packet was dropped on its way out (<c>enum skb_drop_reason</c>, net/dropreason-core.h).</summary>
public enum DropReason : byte
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>The checksum that is owed does not lie within the packet (<c>skb_partial_csum_set</c> refuses it).</summary>
    ChecksumBeyondPacket,

    /// <summary>The headers could not be walked as far as the transport, or not all of them are there.</summary>
    GsoHeadersIncomplete,

    /// <summary>The packet's headers are not those that its <see cref="Packets.GsoType"/> speaks of.</summary>
    GsoTypeMismatch,

    /// <summary>A header is in the way that cannot be repeated in each segment: an authentication header, a fragment.</summary>
    GsoUnsupportedHeader,

    /// <summary>GRE with sequence numbers: those of the segments cannot be known.</summary>
    GsoGreSequence,

    /// <summary>More levels of tunnel than the offload state can describe: two levels of headers is what there is.</summary>
    GsoNestedTunnels,

    /// <summary>A segment would be longer than its length fields can say.</summary>
    GsoSegmentTooLong,

    /// <summary>More bytes, or more segments, than any super-frame has: a length that lies, not one that somebody sent.</summary>
    GsoTooLarge,

    /// <summary>A fragment would be too short for the headers that have to be in the first one.</summary>
    GsoSegmentTooShort,

    /// <summary>The packets that are to be the segments are not in the fragment list, or not all of them.</summary>
    GsoListMissing,

    /// <summary>
    /// What the packet says of itself cannot be true, and its source is not trusted (<c>virtio_net_hdr_to_skb</c>);
    /// <see cref="Packets.OffloadState.Check"/> names the fault.
    /// </summary>
    OffloadStateImpossible,

    /// <summary>A VLAN tag is to be written into the bytes, and they are no Ethernet frame.</summary>
    VlanTagWithoutPlace,

    /// <summary>A super-frame without a segment size (<c>gso_size</c> 0): it says how it is to be cut, but not where.</summary>
    GsoSizeMissing,

    /// <summary>An ESP that is to be encrypted, and a device that does not encrypt: it would be sent in plain text.</summary>
    EspNotEncrypted,

    /// <summary>A tunnel does not carry packets of this kind: an Ethernet frame was handed to one for IP, or the other way round.</summary>
    TunnelInnerUnsupported,

    /// <summary>The packet says that it must not go into one tunnel more (RFC 2473 4.1.1).</summary>
    TunnelEncapsulationLimit,

    /// <summary>With the tunnel's headers the packet, or one of its segments, is longer than the way allows, and may not be fragmented.</summary>
    TunnelPacketTooLong,
}
