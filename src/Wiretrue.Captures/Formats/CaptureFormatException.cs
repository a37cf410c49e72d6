using System.Globalization;

namespace Wiretrue.Captures.Formats;

/// <summary>A file that is no capture, or whose bytes contradict themselves so that what follows can't be read.</summary>
public sealed class CaptureFormatException : Exception
{
    /// <summary>An exception about <paramref name="file"/> at <paramref name="offset"/>.</summary>
    /// <param name="file">The file's name as the user gave it.</param>
    /// <param name="offset">Where, in bytes of the decompressed file.</param>
    /// <param name="packetNumber">The packet that would have come next, from 1; 0 before the first could come.</param>
    /// <param name="problem">What was found and what was expected.</param>
    /// <param name="advice">What the user can do.</param>
    public CaptureFormatException(string file, long offset, long packetNumber, string problem, string advice)
        : base(string.Create(CultureInfo.InvariantCulture, $"{file}: {Place(offset, packetNumber)}: {problem}; {advice}"))
    {
        (File, Offset, PacketNumber, Problem, Advice) = (file, offset, packetNumber, problem, advice);
    }

    /// <summary>The file's name as the user gave it.</summary>
    public string File { get; }

    /// <summary>Where, in bytes of the decompressed file.</summary>
    public long Offset { get; }

    /// <summary>The packet that would have come next, from 1; 0 before the first could come.</summary>
    public long PacketNumber { get; }

    /// <summary>What was found and what was expected.</summary>
    public string Problem { get; }

    /// <summary>What the user can do.</summary>
    public string Advice { get; }

    private static string Place(long offset, long packetNumber) => packetNumber > 0
        ? string.Create(CultureInfo.InvariantCulture, $"byte {offset}, packet {packetNumber}")
        : string.Create(CultureInfo.InvariantCulture, $"byte {offset}");
}
