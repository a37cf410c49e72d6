using Wiretrue.Captures.Formats;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool;

/// <summary>What an expected exception means to the user: one line and an exit code.</summary>
/// <param name="ExitCode">The process's answer.</param>
/// <param name="Message">One line; null when silence is the answer.</param>
internal readonly record struct Failure(int ExitCode, string? Message)
{
    // Linux errno values, which the runtime hands on as HResult.
    private const int EPIPE = 32;

    /// <summary>Finds the meaning of an exception.</summary>
    /// <returns>False for one that nobody expects: a defect, which must be seen.</returns>
    public static bool TryDescribe(Exception exception, out Failure failure)
    {
        Failure? found = exception switch
        {
            CaptureFormatException => new(Tool.ExitCode.BadInput, exception.Message),
            CaptureAccessException access => new(CodeOf(access.Fault), access.Fault == CaptureAccessFault.ClosedPipe ? null : access.Message),
            OperationCanceledException => new(Tool.ExitCode.Interrupted, null),
            IOException { HResult: EPIPE } => new(Tool.ExitCode.BrokenPipe, null),
            IOException or UnauthorizedAccessException => new(Tool.ExitCode.Refused, exception.Message),
            _ => null,
        };
        failure = found.GetValueOrDefault();
        return found.HasValue;
    }

    /// <summary>Says it, when there is something to say.</summary>
    public void Tell(Messages messages)
    {
        if (Message is not null)
        {
            messages.Error(Message);
        }
    }

    private static int CodeOf(CaptureAccessFault fault) => fault switch
    {
        CaptureAccessFault.NotFound or CaptureAccessFault.IsDirectory => Tool.ExitCode.BadInput,
        CaptureAccessFault.ClosedPipe => Tool.ExitCode.BrokenPipe,
        CaptureAccessFault.SameFile or CaptureAccessFault.AlreadyExists or CaptureAccessFault.Terminal => Tool.ExitCode.Usage,
        _ => Tool.ExitCode.Refused,
    };
}
