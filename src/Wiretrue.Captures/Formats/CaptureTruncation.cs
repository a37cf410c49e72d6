namespace Wiretrue.Captures.Formats;

/// <summary>The end of a capture that stops inside a record: what is before it is whole, and was delivered.</summary>
/// <param name="Offset">Where the cut record begins, in bytes of the decompressed file.</param>
/// <param name="PacketNumber">The number that the cut packet would have had, from 1.</param>
/// <param name="Needed">Bytes that the record needs; when even its header is cut, those of the header.</param>
/// <param name="Available">Bytes of it that there are.</param>
public readonly record struct CaptureTruncation(long Offset, long PacketNumber, long Needed, long Available);
