using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Commands;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool;

/// <summary>The program: finds the command that is meant and runs it.</summary>
/// <remarks>
/// Start-up is a large part of a short run, so only the called command's words are built; the parser is our own because System.CommandLine alone
/// costs 13 ms of a 31 ms start.
/// </remarks>
internal static class Application
{
    private static readonly string[] Names = ["fix", "inspect"];

    /// <summary>Runs the program.</summary>
    /// <param name="words">The command line without the program's own name.</param>
    /// <returns>The process's exit code.</returns>
    public static int Run(string[] words)
    {
        var messages = new Messages("auto", quiet: false);
        if (words.Length == 0)
        {
            return Usage(messages, "a command is needed: fix or inspect", "");
        }

        switch (words[0])
        {
            case "-h" or "--help":
                Console.Out.Write(HelpText.ForProgram(Names.Select(name => Find(name)!)));
                return ExitCode.Success;
            case "--version":
                Console.Out.Write($"wiretrue {typeof(Application).Assembly.GetName().Version!.ToString(3)}\n");
                return ExitCode.Success;
        }

        if (Find(words[0]) is { } command)
        {
            return Run(command, words.AsSpan(1), messages);
        }

        string kind = words[0].StartsWith('-') ? "option" : "command";
        string guess = Suggestion.For(words[0], [.. Names, "--help", "--version"]);
        return Usage(messages, $"unknown {kind} {words[0]}{guess}", "");
    }

    private static Command? Find(string name) => name switch
    {
        "fix" => new FixCommand(),
        "inspect" => new InspectCommand(),
        _ => null,
    };

    private static int Run(Command command, ReadOnlySpan<string> words, Messages messages)
    {
        if (!Arguments.TryParse(words, command.Options, out Arguments? arguments, out string? error))
        {
            return Usage(messages, error, command.Name + " ");
        }

        if (arguments.Has(Command.Help))
        {
            Console.Out.Write(HelpText.ForCommand(command));
            return ExitCode.Success;
        }

        error = null;
        int code;
        try
        {
            code = command.Run(arguments, out error);
        }
        catch (Exception exception) when (Failure.TryDescribe(exception, out Failure failure))
        {
            failure.Tell(messages);
            return failure.ExitCode;
        }

        return error is null ? code : Usage(messages, error, command.Name + " ");
    }

    private static int Usage(Messages messages, string problem, string command)
    {
        messages.Error($"{problem} (see wiretrue {command}--help)");
        return ExitCode.Usage;
    }
}
