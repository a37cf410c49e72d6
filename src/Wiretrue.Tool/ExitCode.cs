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

    /// <summary>Stopped by SIGINT: 128 and the signal's number, as a shell reports it.</summary>
    public const int Interrupted = 130;

    /// <summary>The reader of the output went away (SIGPIPE's number; the runtime ignores the signal itself).</summary>
    public const int BrokenPipe = 141;

    /// <summary>Stopped by SIGTERM.</summary>
    public const int Terminated = 143;
}
