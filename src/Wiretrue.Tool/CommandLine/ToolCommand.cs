using System.CommandLine;

namespace Wiretrue.Tool.CommandLine;

/// <summary>A command of the tool: what the library parses it by, what its help says, and what it does.</summary>
internal abstract class ToolCommand : Command
{
    /// <summary>Describes the command.</summary>
    /// <param name="name">The word that calls it.</param>
    /// <param name="summary">One line: what it is for.</param>
    /// <param name="operand">What it is given without an option.</param>
    /// <param name="options">Its options, in the order of the help, which comes last of itself.</param>
    protected ToolCommand(string name, string summary, string operand, params ReadOnlySpan<Option> options)
        : base(name, summary)
    {
        foreach (Option option in options)
        {
            Options.Add(option);
        }

        Options.Add(Help());
        Inputs = new Argument<string[]>(operand) { Arity = ArgumentArity.ZeroOrMore, CustomParser = Words.Of };
        Arguments.Add(Inputs);
    }

    /// <summary>What is named without an option: captures, or a device.</summary>
    public Argument<string[]> Inputs { get; }

    /// <summary>What may follow the name.</summary>
    public abstract string Usage { get; }

    /// <summary>What the help says after the options.</summary>
    public abstract string Notes { get; }

    /// <summary>Does the work.</summary>
    /// <param name="parsed">What was given.</param>
    /// <param name="error">What cannot be in what was given, when that is why nothing was done; one line.</param>
    /// <returns>The process's exit code.</returns>
    public abstract int Run(ParseResult parsed, out string? error);

    /// <summary>The option that shows the help. The library's own reads its words from a resource first, which takes longer than to parse.</summary>
    public static Option Help()
    {
        Option help = Words.Flag("--help", "-h", "show this help");
        help.Action = new HelpAction();
        return help;
    }
}
