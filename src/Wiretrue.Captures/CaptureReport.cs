using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures;

/// <summary>What every work on a capture has to tell.</summary>
public abstract class CaptureReport
{
    private protected CaptureReport()
    {
    }

    /// <summary>Packets read.</summary>
    public long InPackets { get; internal set; }

    /// <summary>Bytes of the capture read, headers of the container included, decompressed.</summary>
    public long InBytes { get; internal set; }

    /// <summary>Packets written.</summary>
    public long OutPackets { get; internal set; }

    /// <summary>Bytes of the capture written, before compression.</summary>
    public long OutBytes { get; internal set; }

    /// <summary>The capture stops inside a record; all whole ones were worked on. Null when it ends as it should.</summary>
    public CaptureTruncation? Truncation { get; internal set; }

    /// <summary>What the user should know besides, one line each.</summary>
    public IList<string> Warnings { get; } = [];
}
