namespace Wiretrue.Captures.Formats;

/// <summary>The shape that one packet's record has in its file.</summary>
public enum RecordShape : byte
{
    /// <summary>pcap record: 16 bytes of header.</summary>
    Pcap,

    /// <summary>pcapng Enhanced Packet Block.</summary>
    EnhancedPacket,

    /// <summary>pcapng Simple Packet Block: no interface, no time, no options.</summary>
    SimplePacket,

    /// <summary>pcapng (obsolete) Packet Block.</summary>
    ObsoletePacket,
}
