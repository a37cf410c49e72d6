using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Commands;

namespace Wiretrue.Tool.Tests.Commands;

public sealed class OptionListTests
{
    public static TheoryData<string> Commands => ["fix", "inspect"];

    [Theory]
    [MemberData(nameof(Commands))]
    public void No_name_is_given_twice(string command)
    {
        Option[] options = Create(command).Options;
        Assert.Equal(options.Length, options.Select(each => each.Long).Distinct().Count());
        char[] letters = [.. options.Select(each => each.Short).Where(each => each != '\0')];
        Assert.Equal(letters.Length, letters.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_option_is_in_the_help(string command)
    {
        Command created = Create(command);
        string help = HelpText.ForCommand(created);
        Assert.Equal(command, created.Name);
        Assert.All(created.Options, option => Assert.Contains("--" + option.Long, help, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_can_be_asked_for_help(string command) => Assert.Contains(Command.Help, Create(command).Options);

    [Fact]
    public void The_same_letter_means_the_same_everywhere()
    {
        var meanings = new Dictionary<char, string>();
        foreach (Option option in FixOptions.List.Concat(InspectOptions.List).Where(each => each.Short != '\0'))
        {
            Assert.Equal(option.Long, meanings.GetValueOrDefault(option.Short, option.Long));
            meanings[option.Short] = option.Long;
        }
    }

    private static Command Create(string command) => command == "fix" ? new FixCommand() : new InspectCommand();
}
