using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures;

/// <summary>Every exception of this project, each with its words, in one place.</summary>
[StackTraceHidden]
internal static partial class Throw
{
    [DoesNotReturn]
    public static void Format(string file, long offset, long packetNumber, string problem, string advice)
        => throw new CaptureFormatException(file, offset, packetNumber, problem, advice);

    [DoesNotReturn]
    public static void Access(string file, CaptureAccessFault fault, string problem, Exception? inner = null)
        => throw new CaptureAccessException(file, fault, problem, inner);

    [DoesNotReturn]
    public static void Damaged(string problem) => throw new InvalidDataException(problem);
}
