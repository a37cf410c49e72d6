namespace Wiretrue.Tool.Output;

/// <summary>Decides whether a stream gets colour.</summary>
internal static class ColorMode
{
    /// <summary>
    /// An option on the command line is the last word. Else NO_COLOR (any value) forbids, CLICOLOR_FORCE demands, CLICOLOR=0 and
    /// TERM=dumb forbid, and a terminal gets colour.
    /// </summary>
    /// <param name="option">"auto", "always" or "never".</param>
    /// <param name="isTerminal">Whether the stream is a terminal.</param>
    /// <param name="environment">Gives an environment variable, or null.</param>
    public static bool IsOn(string option, bool isTerminal, Func<string, string?> environment)
    {
        if (option != "auto")
        {
            return option == "always";
        }

        if (!string.IsNullOrEmpty(environment("NO_COLOR")))
        {
            return false;
        }

        if (environment("CLICOLOR_FORCE") is { Length: > 0 } force && force != "0")
        {
            return true;
        }

        return environment("CLICOLOR") != "0" && environment("TERM") != "dumb" && isTerminal;
    }
}
