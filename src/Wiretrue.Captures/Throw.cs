using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures;

/// <summary>Every exception of this project, each with its words, in one place.</summary>
[StackTraceHidden]
internal static class Throw
{
    [DoesNotReturn]
    public static void Format(string file, long offset, long packetNumber, string problem, string advice)
        => throw new CaptureFormatException(file, offset, packetNumber, problem, advice);

    [DoesNotReturn]
    public static void Access(string file, CaptureAccessFault fault, string problem, Exception? inner = null)
        => throw new CaptureAccessException(file, fault, problem, inner);

    [DoesNotReturn]
    public static void CommentTooLong(ReadOnlySpan<byte> comment)
        => throw new ArgumentException($"a comment of {comment.Length} bytes, where an option holds 65535 at most", nameof(comment));

    [DoesNotReturn]
    public static void Errno(int errno) => throw new IOException(Marshal.GetPInvokeErrorMessage(errno), errno);

    [DoesNotReturn]
    public static void Pending(CaptureFormatException exception) => throw exception;

    [DoesNotReturn]
    public static void Damaged(string problem) => throw new InvalidDataException(problem);
}
