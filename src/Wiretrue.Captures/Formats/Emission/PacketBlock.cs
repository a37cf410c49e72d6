using Wiretrue.Captures.Formats.Indexing;

namespace Wiretrue.Captures.Formats.Emission;

/// <summary>Writes the blocks that hold packets, around the frame that the caller will fill in.</summary>
internal static class PacketBlock
{
    private const int HeaderLength = PcapNgIndex.PacketHeaderLength;
    private const int TrailerLength = PcapNgIndex.TrailerLength;

    /// <summary>
    /// An enhanced or obsolete packet block that stems from another: its interface, time and options, but for what no longer holds.
    /// </summary>
    public static Span<byte> Derive(
        CaptureWindow window, OutputBatch batch, in CaptureRecord original, scoped in RecordChange change, bool first)
    {
        ReadOnlySpan<byte> from = window.Buffer.AsSpan(original.BlockOffset, original.BlockLength);
        DerivedOptions options = new(window, in original, in change, first);
        int padded = Pad(change.CapturedLength);
        int total = HeaderLength + padded + options.Length + TrailerLength;
        Span<byte> block = batch.Reserve(total);
        Words words = new(original.BigEndian);

        // Type, interface and time are the original's bits; so is the obsolete block's drop count, which only the first may keep.
        from[..HeaderLength].CopyTo(block);
        if (original.Shape == RecordShape.ObsoletePacket && !first) block.Slice(10, 2).Clear();
        Frame(block, words, total, in change);
        options.Write(block[(HeaderLength + padded)..], words);
        return block.Slice(HeaderLength, change.CapturedLength);
    }

    /// <summary>A simple packet block: it says only how long the packet was, which must say as well how much of it is here.</summary>
    public static Span<byte> Simple(OutputBatch batch, bool bigEndian, scoped in RecordChange change)
    {
        int padded = Pad(change.CapturedLength);
        int total = PcapNgIndex.SimpleHeaderLength + padded + TrailerLength;
        Span<byte> block = batch.Reserve(total);
        Words words = new(bigEndian);
        words.PutWord(block, BlockType.SimplePacket);
        words.PutWord(block[4..], (uint)total);
        words.PutWord(block[8..], change.OriginalLength);
        block[(PcapNgIndex.SimpleHeaderLength + change.CapturedLength)..^TrailerLength].Clear();
        words.PutWord(block[^TrailerLength..], (uint)total);
        return block.Slice(PcapNgIndex.SimpleHeaderLength, change.CapturedLength);
    }

    /// <summary>An enhanced packet block from nothing, with at most flags and a comment.</summary>
    public static Span<byte> Enhanced(OutputBatch batch, bool bigEndian, uint interfaceId, ulong timestamp, scoped in RecordChange change)
    {
        int padded = Pad(change.CapturedLength);
        int flags = change.SetFlags == PacketFlags.None ? 0 : DerivedOptions.FlagsLength;
        int options = flags + (change.Comment.IsEmpty ? 0 : DerivedOptions.CommentLength(change.Comment));
        if (options > 0) options += DerivedOptions.EndLength;
        int total = HeaderLength + padded + options + TrailerLength;
        Span<byte> block = batch.Reserve(total);
        Words words = new(bigEndian);
        words.PutWord(block, BlockType.EnhancedPacket);
        words.PutWord(block[8..], interfaceId);
        words.PutWord(block[12..], (uint)(timestamp >> 32));
        words.PutWord(block[16..], (uint)timestamp);
        Frame(block, words, total, in change);
        if (options > 0)
        {
            Span<byte> rest = block[(HeaderLength + padded)..];
            if (flags > 0) DerivedOptions.WriteFlags(rest, words, change.SetFlags);
            if (!change.Comment.IsEmpty) flags += DerivedOptions.WriteComment(rest[flags..], words, change.Comment);
            rest[flags..^TrailerLength].Clear();
        }

        return block.Slice(HeaderLength, change.CapturedLength);
    }

    /// <summary>Bytes up to a multiple of 4.</summary>
    public static int Pad(int length) => (length + 3) & ~3;

    private static void Frame(Span<byte> block, Words words, int total, scoped in RecordChange change)
    {
        words.PutWord(block[4..], (uint)total);
        words.PutWord(block[20..], (uint)change.CapturedLength);
        words.PutWord(block[24..], change.OriginalLength);
        block[(HeaderLength + change.CapturedLength)..(HeaderLength + Pad(change.CapturedLength))].Clear();
        words.PutWord(block[^TrailerLength..], (uint)total);
    }
}
