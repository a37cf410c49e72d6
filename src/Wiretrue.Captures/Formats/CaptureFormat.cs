namespace Wiretrue.Captures.Formats;

/// <summary>The container that packets are kept in.</summary>
public enum CaptureFormat : byte
{
    /// <summary>Classic pcap: one link type, one time resolution, one byte order (draft-ietf-opsawg-pcap).</summary>
    Pcap,

    /// <summary>pcapng: sections of blocks (draft-ietf-opsawg-pcapng).</summary>
    PcapNg,
}
