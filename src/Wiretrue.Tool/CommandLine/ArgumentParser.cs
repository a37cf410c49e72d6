namespace Wiretrue.Tool.CommandLine;

/// <summary>Reads words into <see cref="Arguments"/>. The first thing that is wrong ends it: what follows could be its consequence.</summary>
internal sealed class ArgumentParser(Option[] options)
{
    private readonly Arguments _result = new();

    /// <summary>Reads all words.</summary>
    /// <returns>Null when <paramref name="error"/> says what is wrong.</returns>
    public Arguments? Parse(ReadOnlySpan<string> words, out string? error)
    {
        error = null;
        for (int i = 0; i < words.Length && error is null; i++)
        {
            string word = words[i];
            if (word == "--")
            {
                foreach (string operand in words[(i + 1)..])
                {
                    _result.Add(operand);
                }

                break;
            }

            string? next = i + 1 < words.Length ? words[i + 1] : null;
            bool tookNext = false;
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                error = Long(word, next, out tookNext);
            }
            else if (word.Length > 1 && word[0] == '-')
            {
                error = Short(word, next, out tookNext);
            }
            else
            {
                _result.Add(word);
            }

            i += tookNext ? 1 : 0;
        }

        return error is null ? _result : null;
    }

    private string? Long(string word, string? next, out bool tookNext)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        Option? option = Find(name);
        tookNext = false;
        if (option is null)
        {
            return $"unknown option {name}{Suggestion.For(name, options.Select(each => each.Name))}";
        }

        if (option.Value is null)
        {
            return equals < 0 ? Accept(option, "") : $"{name} takes no value";
        }

        tookNext = equals < 0;
        return Accept(option, equals < 0 ? next : word[(equals + 1)..]);
    }

    private string? Short(string word, string? next, out bool tookNext)
    {
        tookNext = false;
        for (int i = 1; i < word.Length; i++)
        {
            Option? option = Find(word[i]);
            if (option is null)
            {
                return $"unknown option -{word[i]}";
            }

            if (option.Value is not null)
            {
                tookNext = i + 1 == word.Length;
                return Accept(option, tookNext ? next : word[(i + 1)..]);
            }

            if (Accept(option, "") is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private Option? Find(string name)
    {
        foreach (Option option in options)
        {
            if (name.AsSpan(2).SequenceEqual(option.Long))
            {
                return option;
            }
        }

        return null;
    }

    private Option? Find(char letter)
    {
        foreach (Option option in options)
        {
            if (option.Short == letter)
            {
                return option;
            }
        }

        return null;
    }

    private string? Accept(Option option, string? value)
    {
        if (value is null)
        {
            return $"{option.Name} needs a value: {option.Value}";
        }

        if (option.Choices.Length > 0 && Array.IndexOf(option.Choices, value) < 0)
        {
            return $"{option.Name} must be one of {string.Join(", ", option.Choices)}, not '{value}'";
        }

        if (option.Value is not null && !option.Repeats && _result.Has(option))
        {
            return $"{option.Name} is given twice";
        }

        _result.Add(option, value);
        return null;
    }
}
