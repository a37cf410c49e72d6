using System.Runtime.CompilerServices;

namespace Wiretrue.Captures.Formats.Indexing;

/// <content>The three blocks that hold a packet.</content>
/// <remarks>
/// <code>
/// Enhanced   8 interface   12 time, upper  16 time, lower  20 captured  24 on the wire  28 bytes, padded to 4  options
/// obsolete   8 interface (2), drops (2)    then as above
/// Simple     8 on the wire 12 bytes, padded to 4
/// </code>
/// </remarks>
internal sealed partial class PcapNgIndex
{
    /// <summary>Bytes before the packet in an enhanced or obsolete block.</summary>
    public const int PacketHeaderLength = 28;

    /// <summary>Bytes before the packet in a simple block.</summary>
    public const int SimpleHeaderLength = 12;

    /// <summary>Bytes after everything: the total length again.</summary>
    public const int TrailerLength = 4;

    private bool ReadEnhancedPacket(CaptureWindow window, ReadOnlySpan<byte> bytes, int at, int length)
    {
        if (length < PacketHeaderLength + TrailerLength) return IsTooShort("enhanced packet", length, PacketHeaderLength + TrailerLength);
        return AddPacket(window, bytes, at, length, Word(bytes, at + 8), RecordShape.EnhancedPacket);
    }

    private bool ReadObsoletePacket(CaptureWindow window, ReadOnlySpan<byte> bytes, int at, int length)
    {
        if (length < PacketHeaderLength + TrailerLength) return IsTooShort("packet", length, PacketHeaderLength + TrailerLength);
        return AddPacket(window, bytes, at, length, Half(bytes, at + 8), RecordShape.ObsoletePacket);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool AddPacket(CaptureWindow window, ReadOnlySpan<byte> bytes, int at, int length, uint id, RecordShape shape)
    {
        int number = Resolve(id);
        if (number < 0) return false;
        uint captured = Word(bytes, at + 20);
        int room = length - PacketHeaderLength - TrailerLength;
        if (captured > (uint)room)
        {
            Fault = RecordFault.Damage($"the packet block says {captured} captured bytes, and has room for {room}");
            return false;
        }

        ref CaptureRecord record = ref window.Add();
        ref readonly CaptureInterface described = ref Described(number);
        record.BlockOffset = at;
        record.BlockLength = length;
        record.DataOffset = at + PacketHeaderLength;
        record.CapturedLength = (int)captured;
        record.OriginalLength = Word(bytes, at + 24);
        record.Interface = number;
        record.LinkType = described.LinkType;
        record.FcsLength = described.FcsLength;
        record.Shape = shape;
        record.BigEndian = _bigEndian;
        int options = ((int)captured + 3) & ~3;
        if (room - options >= 4) ReadOptions(ref record, bytes, record.DataOffset + options, at + length - TrailerLength);
        return true;
    }

    private void ReadOptions(ref CaptureRecord record, ReadOnlySpan<byte> bytes, int start, int end)
    {
        record.OptionsOffset = start;
        BlockOptions options = new(bytes[start..end], _bigEndian);
        while (options.MoveNext())
        {
            if (options.Code == OptionCode.PacketHash) record.HasHash = true;
            if (options.Code != OptionCode.PacketFlags || options.Value.Length != 4) continue;
            record.FlagsOffset = start + options.Offset + 4;
            record.Flags = (PacketFlags)Word(bytes, record.FlagsOffset);
            int fcsLength = ((int)record.Flags >> 5) & 0xF; // bits 5–8, in bytes
            if (fcsLength != 0) record.FcsLength = (byte)fcsLength;
        }
    }

    private bool ReadSimplePacket(CaptureWindow window, ReadOnlySpan<byte> bytes, int at, int length)
    {
        if (length < SimpleHeaderLength + TrailerLength) return IsTooShort("simple packet", length, SimpleHeaderLength + TrailerLength);
        int number = Resolve(0);
        if (number < 0) return false;

        // The block does not say how much was captured: it is what the snapshot length leaves of the packet (draft, Simple Packet Block).
        ref readonly CaptureInterface described = ref Described(number);
        uint original = Word(bytes, at + 8);
        uint captured = described.SnapLength == 0 ? original : Math.Min(original, described.SnapLength);
        int room = length - SimpleHeaderLength - TrailerLength;
        if (captured > (uint)room)
        {
            Fault = RecordFault.Damage($"the simple packet block should hold {captured} captured bytes, and has room for {room}");
            return false;
        }

        ref CaptureRecord record = ref window.Add();
        record.BlockOffset = at;
        record.BlockLength = length;
        record.DataOffset = at + SimpleHeaderLength;
        record.CapturedLength = (int)captured;
        record.OriginalLength = original;
        record.Interface = number;
        record.LinkType = described.LinkType;
        record.FcsLength = described.FcsLength;
        record.Shape = RecordShape.SimplePacket;
        record.BigEndian = _bigEndian;
        return true;
    }
}
