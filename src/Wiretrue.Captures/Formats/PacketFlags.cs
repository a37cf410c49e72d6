namespace Wiretrue.Captures.Formats;

/// <summary>pcapng's packet flags word (<c>epb_flags</c>, option 2), bit 0 the least significant.</summary>
/// <remarks>draft-ietf-opsawg-pcapng, "Enhanced Packet Block Flags Word". Bits that have no name here are kept as they are.</remarks>
[Flags]
public enum PacketFlags : uint
{
    /// <summary>Nothing is said.</summary>
    None = 0,

    /// <summary>Bits 0–1 are 1: the packet came in.</summary>
    Inbound = 1,

    /// <summary>Bits 0–1 are 2: the packet went out.</summary>
    Outbound = 2,

    /// <summary>Bits 0–1: the direction.</summary>
    DirectionMask = Inbound | Outbound,

    /// <summary>Bit 9: the checksum was not ready yet (<c>TP_STATUS_CSUMNOTREADY</c>).</summary>
    ChecksumNotReady = 1 << 9,

    /// <summary>Bit 10: the checksum has been verified (<c>TP_STATUS_CSUM_VALID</c>).</summary>
    ChecksumValid = 1 << 10,

    /// <summary>Bit 11: a TCP super-frame, not yet cut (<c>TP_STATUS_GSO_TCP</c>).</summary>
    TcpSegmentationOffload = 1 << 11,

    /// <summary>Bits 9–11: all that is said of offloads.</summary>
    OffloadMask = ChecksumNotReady | ChecksumValid | TcpSegmentationOffload,
}
