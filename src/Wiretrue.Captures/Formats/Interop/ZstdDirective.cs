namespace Wiretrue.Captures.Formats.Interop;

/// <summary>What becomes of the bytes given to a compressor (<c>ZSTD_EndDirective</c>, zstd.h).</summary>
internal enum ZstdDirective
{
    /// <summary>They are collected, for better compression.</summary>
    Continue = 0,

    /// <summary>All of them come out, and can be decompressed.</summary>
    Flush = 1,

    /// <summary>And the frame ends.</summary>
    End = 2,
}
