using System.CommandLine;
using System.Text;

namespace Wiretrue.Tool.CommandLine;

/// <summary>The help, made from what the commands say of themselves, as text of at most 100 columns.</summary>
internal static class HelpText
{
    private const string ExitCodes = """
        exit codes:
          0    done
          2    the command line is wrong
          3    an input is missing, unreadable or malformed
          4    refused by the system: no permission, no space left, no such library or device
          130  stopped by SIGINT        141  the output's reader went away        143  stopped by SIGTERM
        """;

    /// <summary>Help for the program as a whole.</summary>
    public static string ForProgram(IEnumerable<Command> commands)
    {
        var text = new StringBuilder("""
            wiretrue: the Linux network offload layer in user space.

            usage: wiretrue COMMAND [OPTION]... [IN]...
                   wiretrue COMMAND --help
                   wiretrue --version

            commands:

            """);
        foreach (Command command in commands)
        {
            text.Append($"  {command.Name,-10}{command.Description}\n");
        }

        return text.Append($"\n{ExitCodes}\n").ToString();
    }

    /// <summary>Help for one command.</summary>
    public static string ForCommand(ToolCommand command)
    {
        var text = new StringBuilder(
            $"wiretrue {command.Name}: {command.Description}\n\nusage: wiretrue {command.Name} {command.Usage}\n\noptions:\n");
        foreach (Option option in command.Options)
        {
            text.Append($"  {Syntax(option),-24}  {option.Description}\n");
        }

        return text.Append($"\n{command.Notes}\n\n{ExitCodes}\n").ToString();
    }

    /// <summary>Both names and the value.</summary>
    private static string Syntax(Option option)
    {
        string letter = option.Aliases.FirstOrDefault() is { } alias ? alias + ", " : "    ";
        return letter + option.Name + (option.Arity.MaximumNumberOfValues == 0 ? "" : " " + option.HelpName);
    }
}
