using System.CommandLine;
using System.CommandLine.Invocation;

namespace Wiretrue.Tool.CommandLine;

/// <summary>Shows the help of what it was asked of. Whatever else is wrong on the command line does not matter then.</summary>
internal sealed class HelpAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Console.Out.Write(parseResult.CommandResult.Command is ToolCommand command
            ? HelpText.ForCommand(command)
            : HelpText.ForProgram(parseResult.RootCommandResult.Command.Subcommands));
        return ExitCode.Success;
    }
}
