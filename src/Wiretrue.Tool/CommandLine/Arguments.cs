using System.Diagnostics.CodeAnalysis;

namespace Wiretrue.Tool.CommandLine;

/// <summary>What stood on the command line after the command's name.</summary>
/// <remarks>
/// The conventions are those of POSIX 12.2 and GNU: <c>-w OUT</c>, <c>-wOUT</c>, <c>--write OUT</c>, <c>--write=OUT</c>, bundled flags
/// <c>-qf</c>, operands and options in any order, <c>--</c> ends the options, and <c>-</c> alone is an operand.
/// </remarks>
internal sealed class Arguments
{
    private readonly List<(Option Option, string Value)> _given = [];
    private readonly List<string> _operands = [];

    /// <summary>What is neither an option nor an option's value, in order.</summary>
    public IReadOnlyList<string> Operands => _operands;

    /// <summary>Whether the option was given.</summary>
    public bool Has(Option option) => _given.Exists(each => each.Option == option);

    /// <summary>The option's value, or null when it was not given.</summary>
    public string? Value(Option option) => _given.FindLast(each => each.Option == option).Value;

    /// <summary>All values of an option that repeats, in order.</summary>
    public IEnumerable<string> Values(Option option) => _given.Where(each => each.Option == option).Select(each => each.Value);

    /// <summary>Reads the words by the command's options.</summary>
    /// <returns>False with one line that says what is wrong.</returns>
    public static bool TryParse(
        ReadOnlySpan<string> words,
        IReadOnlyList<Option> options,
        [NotNullWhen(true)] out Arguments? arguments,
        [NotNullWhen(false)] out string? error)
    {
        var parser = new ArgumentParser(options);
        arguments = parser.Parse(words, out error);
        return arguments is not null;
    }

    internal void Add(string operand) => _operands.Add(operand);

    internal void Add(Option option, string value) => _given.Add((option, value));
}
