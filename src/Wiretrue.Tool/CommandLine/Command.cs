namespace Wiretrue.Tool.CommandLine;

/// <summary>A command: its words, and what it does.</summary>
internal abstract class Command
{
    /// <summary>Asks for the help; every command has it.</summary>
    public static readonly Option Help = new('h', "help", null, "show this help");

    /// <summary>The word that calls it.</summary>
    public abstract string Name { get; }

    /// <summary>One line: what it is for.</summary>
    public abstract string Summary { get; }

    /// <summary>What may follow the name.</summary>
    public abstract string Usage { get; }

    /// <summary>Its options, in the order of the help.</summary>
    public abstract Option[] Options { get; }

    /// <summary>What the help says after the options; may be empty.</summary>
    public virtual string Notes => "";

    /// <summary>Does the work.</summary>
    /// <param name="arguments">What was given.</param>
    /// <param name="error">What cannot be in what was given, when that is why nothing was done; one line.</param>
    /// <returns>The process's exit code.</returns>
    public abstract int Run(Arguments arguments, out string? error);
}
