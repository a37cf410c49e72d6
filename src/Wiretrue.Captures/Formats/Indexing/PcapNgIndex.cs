using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Wiretrue.Captures.Formats.Indexing;

/// <summary>pcapng: sections of blocks, each section in a byte order of its own (draft-ietf-opsawg-pcapng).</summary>
/// <remarks>
/// <code>
/// block  0 type   4 total length   8 body, a multiple of 4 bytes   total length again
/// </code>
/// </remarks>
internal sealed partial class PcapNgIndex : RecordIndex
{
    private const int SmallestBlock = 12;
    private const int SmallestSectionHeader = 28;

    private bool _bigEndian;
    private int _sectionsFirstInterface;
    private bool _inSection;

    public override int HeaderLength => SmallestSectionHeader;

    public override int Index(CaptureWindow window, int start, int end)
    {
        ReadOnlySpan<byte> bytes = window.Buffer.AsSpan(0, end);
        (Fault, Needed) = (null, SmallestBlock);
        int at = start;
        while (end - at >= SmallestBlock)
        {
            uint type = Word(bytes, at);
            if (type == BlockType.SectionHeader && !ReadByteOrder(bytes[(at + 8)..])) return at;

            uint total = Word(bytes, at + 4);
            if (!IsPlausible(total, type)) return at;
            if (total > (uint)(end - at))
            {
                Needed = (int)total;
                return at;
            }

            int length = (int)total;
            uint trailer = Word(bytes, at + length - 4);
            if (trailer != total)
            {
                Fault = RecordFault.Damage($"the block says {total} bytes at its start and {trailer} at its end");
                return at;
            }

            if (!ReadBlock(window, bytes, type, at, length)) return at;
            at += length;
        }

        return at;
    }

    private bool ReadBlock(CaptureWindow window, ReadOnlySpan<byte> bytes, uint type, int at, int length)
    {
        switch (type)
        {
            case BlockType.EnhancedPacket: return ReadEnhancedPacket(window, bytes, at, length);
            case BlockType.SimplePacket: return ReadSimplePacket(window, bytes, at, length);
            case BlockType.ObsoletePacket: return ReadObsoletePacket(window, bytes, at, length);
            case BlockType.InterfaceDescription: return ReadInterface(window, bytes.Slice(at, length), at);
            case BlockType.SectionHeader: return ReadSection(window, bytes.Slice(at, length), at);
            default: return true;
        }
    }

    /// <summary>A section's byte order comes before the length can be read.</summary>
    private bool ReadByteOrder(ReadOnlySpan<byte> magic)
    {
        uint word = BinaryPrimitives.ReadUInt32BigEndian(magic);
        if (word is not (BlockType.ByteOrderMagic or 0x4D3C2B1A))
        {
            Fault = RecordFault.Damage($"the section's byte-order magic is 0x{word:X8}, where 0x1A2B3C4D is expected");
            return false;
        }

        _bigEndian = word == BlockType.ByteOrderMagic;
        return true;
    }

    private bool IsPlausible(uint total, uint type)
    {
        if (total is >= SmallestBlock and <= LargestBlock && total % 4 == 0) return true;
        Fault = RecordFault.Damage(
            $"the block of type 0x{type:X8} says {total} bytes, where a multiple of 4 from {SmallestBlock} to {LargestBlock} is expected");
        return false;
    }

    private bool ReadSection(CaptureWindow window, ReadOnlySpan<byte> block, int at)
    {
        if (block.Length < SmallestSectionHeader) return IsTooShort("section header", block.Length, SmallestSectionHeader);
        int major = Half(block, 12);
        if (major != 1)
        {
            Fault = new RecordFault($"pcapng version {major}.{Half(block, 14)}, where 1.x is expected",
                "convert it with `editcap -F pcapng`");
            return false;
        }

        _inSection = true;
        _sectionsFirstInterface = InterfaceCount;
        window.AddSection(at);
        return true;
    }

    private bool IsTooShort(string what, int length, int needed)
    {
        Fault = RecordFault.Damage($"the {what} block has {length} bytes, where at least {needed} are needed");
        return false;
    }

    private ushort Half(ReadOnlySpan<byte> bytes, int at) => _bigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Word(ReadOnlySpan<byte> bytes, int at) => _bigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
