namespace Wiretrue.Captures.Formats;

/// <summary>How a whole capture file is compressed.</summary>
public enum CaptureCompression : byte
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>gzip, one member or several (RFC 1952).</summary>
    Gzip,

    /// <summary>Zstandard, one frame or several (RFC 8878); needs libzstd.so.1.</summary>
    Zstandard,
}
