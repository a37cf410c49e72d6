using System.CommandLine;
using System.CommandLine.Parsing;

namespace Wiretrue.Tool.CommandLine;

/// <summary>Options of the few kinds that the tool has, and what was given for them.</summary>
/// <remarks>
/// Each kind says itself how its words become a value, which is to take them as they are: the library's own conversion, made for any type, would
/// be compiled at every start.
/// </remarks>
internal static class Words
{
    /// <summary>An option that is there or not. Arity zero: else a capture named <c>true</c> after it would be its value.</summary>
    /// <remarks>Of the same type as the others, for a type argument more is some twenty methods more to compile; nobody asks for its value.</remarks>
    public static Option Flag(string name, string? alias, string help) =>
        Named(new Option<string>(name) { Arity = ArgumentArity.Zero, CustomParser = _ => "" }, alias, help);

    /// <summary>An option with one value.</summary>
    public static Option<string> Value(string name, string? alias, string value, string help) =>
        Named(new Option<string>(name) { HelpName = value, Arity = ArgumentArity.ExactlyOne, CustomParser = result => result.Tokens[0].Value }, alias, help);

    /// <summary>An option with one value at a time, which may be given again.</summary>
    public static Option<string[]> Values(string name, string? alias, string value, string help) =>
        Named(new Option<string[]>(name) { HelpName = value, Arity = ArgumentArity.OneOrMore, CustomParser = Of }, alias, help);

    /// <summary>An option whose value is one of a few words, which complete themselves in a shell.</summary>
    public static Option<string> Choice(string name, string? alias, string value, string help, params string[] choices)
    {
        Option<string> option = Value(name, alias, value, help);
        option.CompletionSources.Add(choices);
        option.Validators.Add(result =>
        {
            if (Array.IndexOf(choices, result.Tokens[0].Value) < 0)
            {
                result.AddError($"{name} must be one of {string.Join(", ", choices)}, not '{result.Tokens[0].Value}'");
            }
        });
        return option;
    }

    /// <summary>The words of a result, as they are.</summary>
    public static string[] Of(SymbolResult result)
    {
        string[] words = new string[result.Tokens.Count];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = result.Tokens[i].Value;
        }

        return words;
    }

    /// <summary>Whether the option was given.</summary>
    public static bool Has(this ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static T Named<T>(T option, string? alias, string help)
        where T : Option
    {
        option.Description = help;
        if (alias is not null)
        {
            option.Aliases.Add(alias);
        }

        return option;
    }
}
