using System.Diagnostics.CodeAnalysis;

namespace Wiretrue.Tool.CommandLine;

/// <summary>What stood on the command line after the command's name.</summary>
/// <remarks>
/// The conventions are those of POSIX 12.2 and GNU: <c>-w OUT</c>, <c>-wOUT</c>, <c>--write OUT</c>, <c>--write=OUT</c>, bundled flags
/// <c>-qf</c>, operands and options in any order, <c>--</c> ends the options, and <c>-</c> alone is an operand.
/// </remarks>
internal sealed class Arguments
{
    // Plain loops over plain lists: each generic method over a type of its own is one more for the JIT before the work begins.
    private readonly List<Option> _options = [];
    private readonly List<string> _values = [];
    private readonly List<string> _operands = [];

    /// <summary>What is neither an option nor an option's value, in order.</summary>
    public IReadOnlyList<string> Operands => _operands;

    /// <summary>Whether the option was given.</summary>
    public bool Has(Option option) => _options.Contains(option);

    /// <summary>The option's value, or null when it was not given.</summary>
    public string? Value(Option option)
    {
        int last = _options.LastIndexOf(option);
        return last < 0 ? null : _values[last];
    }

    /// <summary>All values of an option that repeats, in order.</summary>
    public List<string> Values(Option option)
    {
        List<string> values = [];
        for (int i = 0; i < _options.Count; i++)
        {
            if (_options[i] == option)
            {
                values.Add(_values[i]);
            }
        }

        return values;
    }

    /// <summary>Reads the words by the command's options.</summary>
    /// <returns>False with one line that says what is wrong.</returns>
    public static bool TryParse(
        ReadOnlySpan<string> words,
        Option[] options,
        [NotNullWhen(true)] out Arguments? arguments,
        [NotNullWhen(false)] out string? error)
    {
        var parser = new ArgumentParser(options);
        arguments = parser.Parse(words, out error);
        return arguments is not null;
    }

    internal void Add(string operand) => _operands.Add(operand);

    internal void Add(Option option, string value)
    {
        _options.Add(option);
        _values.Add(value);
    }
}
