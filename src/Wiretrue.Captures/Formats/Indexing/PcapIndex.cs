using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Formats.Indexing;

/// <summary>Classic pcap: a header of 24 bytes, then records (pcap-savefile(5)).</summary>
/// <remarks>
/// <code>
/// file header                                     record
///  0 magic     4 major, 6 minor   8 (thiszone)     0 seconds    4 µs or ns
/// 12 (sigfigs) 16 snapshot length 20 link type     8 captured  12 on the wire   16 bytes
/// </code>
/// The link type's word also holds, when bit 26 is set, the FCS's length in units of 16 bits in its four upper bits.
/// </remarks>
internal sealed class PcapIndex : RecordIndex
{
    public const int FileHeaderLength = 24;
    public const int RecordHeaderLength = 16;

    /// <summary>Where the file header's word of link type and FCS length is.</summary>
    public const int LinkTypeOffset = 20;

    public const uint FcsLengthPresent = 1 << 26;

    private bool _bigEndian;
    private LinkType _linkType;
    private byte _fcsLength;
    private bool _headerDone;

    public override int HeaderLength => FileHeaderLength;

    public override int Index(CaptureWindow window, int start, int end)
    {
        ReadOnlySpan<byte> bytes = window.Buffer.AsSpan(0, end);
        (Fault, Needed) = (null, RecordHeaderLength);
        int at = start;
        if (!_headerDone)
        {
            if (!ReadHeader(bytes[start..])) return at;
            at += FileHeaderLength;
            _headerDone = true;
        }

        while (end - at >= RecordHeaderLength)
        {
            uint captured = Word(bytes, at + 8);
            if (captured > LargestBlock - RecordHeaderLength)
            {
                Fault = RecordFault.Damage(
                    $"the record says {captured} captured bytes, more than the {LargestBlock - RecordHeaderLength} possible");
                return at;
            }

            int length = RecordHeaderLength + (int)captured;
            if (length > end - at)
            {
                Needed = length;
                return at;
            }

            ref CaptureRecord record = ref window.Add();
            record.BlockOffset = at;
            record.BlockLength = length;
            record.DataOffset = at + RecordHeaderLength;
            record.CapturedLength = (int)captured;
            record.OriginalLength = Word(bytes, at + 12);
            record.LinkType = _linkType;
            record.FcsLength = _fcsLength;
            record.BigEndian = _bigEndian;
            at += length;
        }

        return at;
    }

    private bool ReadHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FileHeaderLength)
        {
            Needed = FileHeaderLength;
            return false;
        }

        uint magic = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        _bigEndian = magic is PcapMagic.Microseconds or PcapMagic.Nanoseconds;
        int major = _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        int minor = _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);

        // Before 2.3 the two lengths of a record stood the other way round.
        if (major != 2 || minor < 3)
        {
            Fault = new RecordFault($"pcap version {major}.{minor}, where 2.4 is expected", "convert it with `editcap -F pcap`");
            return false;
        }

        uint link = Word(bytes, LinkTypeOffset);
        _linkType = (LinkType)(ushort)link;
        _fcsLength = (byte)((link & FcsLengthPresent) != 0 ? (link >> 28) * 2 : 0);
        return Describe(new CaptureInterface
        {
            LinkType = _linkType,
            SnapLength = Word(bytes, 16),
            Resolution = magic is PcapMagic.Nanoseconds or PcapMagic.NanosecondsSwapped
                ? TimestampResolution.Nanoseconds : TimestampResolution.Microseconds,
            FcsLength = _fcsLength,
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Word(ReadOnlySpan<byte> bytes, int at) => _bigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
