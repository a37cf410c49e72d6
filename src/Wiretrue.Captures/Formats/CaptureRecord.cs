using Wiretrue.Headers;

namespace Wiretrue.Captures.Formats;

/// <summary>Where one packet lies in a <see cref="CaptureWindow"/>. Offsets are bytes from the start of the window's buffer.</summary>
/// <remarks>Blocks that hold no packet have no record: they are the bytes between the records, and pass as they are.</remarks>
public struct CaptureRecord
{
    /// <summary>Where the record or block begins, header included.</summary>
    public int BlockOffset;

    /// <summary>Bytes of the record or block, header, padding, options and trailer included.</summary>
    public int BlockLength;

    /// <summary>Where the packet's bytes begin.</summary>
    public int DataOffset;

    /// <summary>Bytes captured.</summary>
    public int CapturedLength;

    /// <summary>Bytes on the wire (<c>orig_len</c>).</summary>
    public uint OriginalLength;

    /// <summary>pcapng: where the options begin, or 0 when there is no room for any.</summary>
    public int OptionsOffset;

    /// <summary>pcapng: where the 4-byte value of the flags option (<c>epb_flags</c>) is, or 0 when there is none.</summary>
    public int FlagsOffset;

    /// <summary>pcapng: the value of the flags option, in host order; 0 when there is none.</summary>
    public PacketFlags Flags;

    /// <summary>
    /// pcapng: the interface's number over the whole file, all sections counted on; 0 in pcap. Indexes <see
    /// cref="CaptureWindow.Interfaces"/>.
    /// </summary>
    public int Interface;

    /// <summary>What the packet begins with.</summary>
    public LinkType LinkType;

    /// <summary>Which shape the record has.</summary>
    public RecordShape Shape;

    /// <summary>The record's numbers are big-endian.</summary>
    public bool BigEndian;

    /// <summary>pcapng: an option holds a hash of the packet's bytes (<c>epb_hash</c>), which no longer holds once they change.</summary>
    public bool HasHash;

    /// <summary>Bytes of frame check sequence at the packet's end, as far as the capture says so; else 0.</summary>
    public byte FcsLength;

    /// <summary>Bytes were lost to the snapshot length: fewer were captured than were on the wire.</summary>
    public readonly bool IsSnapped => (uint)CapturedLength < OriginalLength;

    /// <summary>Where the record or block ends, and the next begins.</summary>
    public readonly int BlockEnd => BlockOffset + BlockLength;
}
