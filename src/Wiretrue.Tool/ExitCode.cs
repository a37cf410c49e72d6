namespace Wiretrue.Tool;

/// <summary>What the process answers. The list is in every help text and in the README.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>The command line asks for what cannot be, such as an output that is the input, or is there already.</summary>
    public const int Usage = 2;

    /// <summary>An input is missing, unreadable, or not a well-formed capture.</summary>
    public const int BadInput = 3;

    /// <summary>The system refused: no permission, no space, no such library.</summary>
    public const int Refused = 4;

    /// <summary>A shell reports 128 and the signal's number for what a signal stopped.</summary>
    public const int SignalBase = 128;

    /// <summary>Stopped by SIGHUP.</summary>
    public const int HungUp = SignalBase + 1;

    /// <summary>Stopped by SIGINT.</summary>
    public const int Interrupted = SignalBase + 2;

    /// <summary>The reader of the output went away (SIGPIPE's number; the runtime ignores the signal itself).</summary>
    public const int BrokenPipe = SignalBase + 13;

    /// <summary>Stopped by SIGTERM.</summary>
    public const int Terminated = SignalBase + 15;
}
