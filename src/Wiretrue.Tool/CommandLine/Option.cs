namespace Wiretrue.Tool.CommandLine;

/// <summary>One option of a command.</summary>
/// <param name="letter">The letter after one dash, or '\0' for none.</param>
/// <param name="word">The word after two dashes.</param>
/// <param name="value">What the help calls the value; null for a flag.</param>
/// <param name="help">One line of help.</param>
internal sealed class Option(char letter, string word, string? value, string help)
{
    /// <summary>The letter after one dash, or '\0' for none.</summary>
    public char Short => letter;

    /// <summary>The word after two dashes.</summary>
    public string Long => word;

    /// <summary>What the help calls the value; null for a flag.</summary>
    public string? Value => value;

    /// <summary>One line of help.</summary>
    public string Help => help;

    /// <summary>The only values allowed; empty for any.</summary>
    public string[] Choices { get; init; } = [];

    /// <summary>May be given more than once.</summary>
    public bool Repeats { get; init; }

    /// <summary>The name in messages.</summary>
    public string Name => "--" + word;

    /// <summary>Both names and the value, as the help shows them.</summary>
    public string Syntax => (letter == '\0' ? "    " : $"-{letter}, ") + Name + (value is null ? "" : " " + value);
}
