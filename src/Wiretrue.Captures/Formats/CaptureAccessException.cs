namespace Wiretrue.Captures.Formats;

/// <summary>A capture that can't be read or written, the bytes in it aside: the system's answer, in the user's words.</summary>
public sealed class CaptureAccessException : IOException
{
    /// <summary>An exception about <paramref name="file"/>.</summary>
    /// <param name="file">The file's name as the user gave it.</param>
    /// <param name="fault">Why.</param>
    /// <param name="problem">What happened, and what the user can do.</param>
    /// <param name="inner">What the system said.</param>
    public CaptureAccessException(string file, CaptureAccessFault fault, string problem, Exception? inner = null)
        : base($"{file}: {problem}", inner)
    {
        (File, Fault) = (file, fault);
    }

    /// <summary>The file's name as the user gave it.</summary>
    public string File { get; }

    /// <summary>Why.</summary>
    public CaptureAccessFault Fault { get; }
}
