using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Wiretrue.Tool.CommandLine;

/// <summary>What is wrong with a command line, in one line. The first thing only: what follows could be its consequence.</summary>
internal static class UsageError
{
    /// <summary>Null when nothing is wrong.</summary>
    /// <param name="parsed">What the library made of the words.</param>
    /// <param name="words">The words.</param>
    public static string? Of(ParseResult parsed, ReadOnlySpan<string> words)
    {
        if (words.Contains(""))
        {
            return "a word is empty, where a file's name or a value is expected";
        }

        // The library takes a first word in brackets for a directive of its own; one that it doesn't know would be passed over.
        if (parsed.Tokens.Count > 0 && parsed.Tokens[0] is { Type: TokenType.Directive, Value: var directive })
        {
            return $"{directive} is no directive; as a file's name, write ./{directive}";
        }

        if (parsed.CommandResult.Command is not ToolCommand command)
        {
            return parsed.UnmatchedTokens.Count == 0 ? "a command is needed: fix, inspect, explain, features, merge, encap or decap" : Unknown(parsed, parsed.UnmatchedTokens[0]);
        }

        if (parsed.UnmatchedTokens.Count > 0)
        {
            return $"{parsed.UnmatchedTokens[0]} stands before the command, and belongs after it";
        }

        if (parsed.GetResult(command.Inputs) is { } inputs && Stray(command, inputs.Tokens, AfterDashes(parsed), words) is { } stray)
        {
            return stray;
        }

        return parsed.Errors.Count == 0 ? null : parsed.Errors[0].Message.TrimEnd('.');
    }

    /// <summary>
    /// The library takes what it doesn't know for an input: a mistyped option, or the rest of a bundle of letters. An input is a word of its own, and
    /// begins with a dash only after <c>--</c>.
    /// </summary>
    private static string? Stray(ToolCommand command, IReadOnlyList<Token> inputs, int afterDashes, ReadOnlySpan<string> words)
    {
        List<string> whole = [.. words];
        for (int i = 0; i < inputs.Count - afterDashes; i++)
        {
            string input = inputs[i].Value;
            if (!whole.Remove(input) || (input.Length > 1 && input[0] == '-'))
            {
                return Origin(command, input, words);
            }
        }

        return null;
    }

    private static int AfterDashes(ParseResult parsed)
    {
        int count = 0;
        for (int i = parsed.Tokens.Count - 1; i >= 0; i--)
        {
            if (parsed.Tokens[i].Type == TokenType.DoubleDash)
            {
                return count;
            }

            count++;
        }

        return 0;
    }

    /// <summary>Finds the word that a stray came from: the one that, alone and where no inputs are allowed, can't be matched.</summary>
    private static string Origin(ToolCommand command, string stray, ReadOnlySpan<string> words)
    {
        Command options = new(command.Name);
        foreach (Option option in command.Options)
        {
            options.Options.Add(option);
        }

        foreach (string word in words)
        {
            if (!word.StartsWith('-') || !word.EndsWith(stray, StringComparison.Ordinal))
            {
                continue;
            }

            ParseResult alone = options.Parse([word], Application.Configuration);
            if (alone.UnmatchedTokens.Count > 0)
            {
                return stray == word ? Unknown(alone, word) : $"{word}: no option takes '{stray}'";
            }
        }

        return $"unknown option {stray}";
    }

    private static string Unknown(ParseResult parsed, string word) =>
        $"unknown {(word.Length > 1 && word[0] == '-' ? "option" : "command")} {word}{Guess(parsed)}";

    // The library guesses, on lines of their own: a line that is a name is a guess.
    private static string Guess(ParseResult parsed)
    {
        using var said = new StringWriter();
        parsed.InvocationConfiguration.Output = parsed.InvocationConfiguration.Error = said;
        new ParseErrorAction { ShowHelp = false }.Invoke(parsed);
        string[] lines = said.ToString().Split('\n', StringSplitOptions.TrimEntries);
        Symbol? meant = parsed.CommandResult.Command.Children.FirstOrDefault(each => lines.Contains(each.Name));
        return meant is null ? "" : $"; did you mean {meant.Name}?";
    }
}
