namespace Wiretrue.Captures.Formats;

/// <summary>
/// A stretch of a capture in memory: whole records and the blocks between them. The file passes through a small ring of windows, so memory
/// stays constant; all that a repair may know of the future lies in the window.
/// </summary>
public sealed class CaptureWindow
{
    /// <summary>The bytes; the first <see cref="Length"/> of them are whole records and blocks.</summary>
    public byte[] Buffer { get; internal set; } = [];

    /// <summary>Bytes in use.</summary>
    public int Length { get; internal set; }

    /// <summary>Where the window begins in the (decompressed) file, in bytes.</summary>
    public long FileOffset { get; internal set; }

    /// <summary>Number of the window's first packet, counted from 1 as every capture tool does.</summary>
    public long FirstPacketNumber { get; internal set; }

    /// <summary>The packets, in file order.</summary>
    public List<CaptureRecord> Records { get; } = [];

    /// <summary>Nothing comes after this window.</summary>
    public bool IsLast { get; internal set; }
}
