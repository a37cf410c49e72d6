namespace Wiretrue.Tool.Output;

/// <summary>What is said to people, on stderr: one line each. Results go to stdout and never through here.</summary>
internal sealed class Messages(string color, bool quiet)
{
    private bool? _colored;

    /// <summary>Notes are not wanted.</summary>
    public bool IsQuiet => quiet;

    /// <summary>Something failed.</summary>
    public void Error(string text) => Write("\e[1;31m", "", text);

    /// <summary>Something that the user should know. Not silenced by <c>-q</c>: it is about the data.</summary>
    public void Warning(string text) => Write("\e[1;33m", "warning: ", text);

    /// <summary>What was done. Silenced by <c>-q</c>.</summary>
    public void Note(string text)
    {
        if (!quiet)
        {
            Write("\e[1m", "", text);
        }
    }

    private void Write(string escape, string kind, string text)
    {
        // A file's name can hold a newline or an escape sequence; the message stays one line and the terminal unharmed.
        string line = string.Create(text.Length, text, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? '?' : source[i];
            }
        });
        _colored ??= ColorMode.IsOn(color, !Console.IsErrorRedirected, Environment.GetEnvironmentVariable);
        string prefix = _colored.Value ? $"{escape}wiretrue:\e[0m " : "wiretrue: ";
        Console.Error.WriteLine(prefix + kind + line);
    }
}
