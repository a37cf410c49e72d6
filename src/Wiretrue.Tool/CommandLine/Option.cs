namespace Wiretrue.Tool.CommandLine;

/// <summary>One option of a command.</summary>
/// <param name="Short">The letter after one dash, or '\0' for none.</param>
/// <param name="Long">The word after two dashes.</param>
/// <param name="Value">What the help calls the value; null for a flag.</param>
/// <param name="Help">One line of help.</param>
internal sealed record Option(char Short, string Long, string? Value, string Help)
{
    /// <summary>The only values allowed; empty for any.</summary>
    public string[] Choices { get; init; } = [];

    /// <summary>May be given more than once.</summary>
    public bool Repeats { get; init; }

    /// <summary>The name in messages: as long as it is clear.</summary>
    public string Name => "--" + Long;

    /// <summary>Both names and the value, as the help shows them.</summary>
    public string Syntax =>
        (Short == '\0' ? "    " : $"-{Short}, ") + "--" + Long + (Value is null ? "" : " " + Value);
}
