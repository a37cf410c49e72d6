namespace Wiretrue.Captures.Formats;

/// <summary>How an output is opened.</summary>
public readonly record struct CaptureOutputOptions
{
    /// <summary>A file that is there already may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>
    /// Bytes that the output will have, roughly: room for them is taken at once, and what is too much given back. 0 when unknown.
    /// </summary>
    public long SizeHint { get; init; }

    /// <summary>Each batch reaches the system at once, through a compressor too, which then compresses less.</summary>
    public bool Immediate { get; init; }

    /// <summary>
    /// The capture that is being read, <c>-</c> for standard input; the output must not be the same file, by whatever name. Null for
    /// none.
    /// </summary>
    public string? Input { get; init; }
}
