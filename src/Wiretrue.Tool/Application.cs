using System.CommandLine;
using System.CommandLine.Invocation;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Commands;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool;

/// <summary>The program: finds the command that is meant and runs it.</summary>
/// <remarks>
/// Start-up is a large part of a short run. So only the called command is built, and the library parses; its pipeline for running commands, which brings
/// signals and exceptions of its own, stays out.
/// </remarks>
internal static class Application
{
    /// <summary>No response files: <c>@name</c> is a capture's name like any other.</summary>
    public static ParserConfiguration Configuration { get; } = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs the program.</summary>
    /// <param name="words">The command line without the program's own name.</param>
    /// <returns>The process's exit code.</returns>
    public static int Run(string[] words)
    {
        Command? called = words.Length == 0 ? null : Find(words[0]);
        if (called is not null)
        {
            words = words[1..];
        }

        ParseResult parsed = (called ?? Root()).Parse(words, Configuration);
        if (parsed.Action is SynchronousCommandLineAction action and not ParseErrorAction)
        {
            return action.Invoke(parsed); // Help, version or completion.
        }

        string? error = UsageError.Of(parsed, words);
        int code = ExitCode.Usage;
        if (error is null)
        {
            code = Run((ToolCommand)parsed.CommandResult.Command, parsed, out error);
        }

        if (error is null)
        {
            return code;
        }

        string help = parsed.CommandResult.Command is ToolCommand command ? command.Name + " --help" : "--help";
        new Messages("auto", quiet: false).Error($"{error} (see wiretrue {help})");
        return ExitCode.Usage;
    }

    private static ToolCommand? Find(string name) => name switch
    {
        "fix" => new FixCommand(),
        "inspect" => new InspectCommand(),
        "explain" => new ExplainCommand(),
        "features" => new FeaturesCommand(),
        "merge" => new MergeCommand(),
        "encap" => new EncapCommand(),
        "decap" => new DecapCommand(),
        _ => null,
    };

    /// <summary>All commands under one root, where none is called by the first word. The library gives it the completion of words in a shell.</summary>
    private static RootCommand Root()
    {
        RootCommand root = [new FixCommand(), new InspectCommand(), new ExplainCommand(), new FeaturesCommand(), new MergeCommand(), new EncapCommand(), new DecapCommand()];
        root.Options.Clear(); // The library's help and version say less, and say it otherwise.
        root.Options.Add(ToolCommand.Help());
        root.Options.Add(new VersionOption { Action = new VersionAction() });
        return root;
    }

    private static int Run(ToolCommand command, ParseResult parsed, out string? error)
    {
        try
        {
            return command.Run(parsed, out error);
        }
        catch (Exception exception) when (Failure.TryDescribe(exception, out Failure failure))
        {
            error = null;
            failure.Tell(new Messages("auto", quiet: false));
            return failure.ExitCode;
        }
    }
}
