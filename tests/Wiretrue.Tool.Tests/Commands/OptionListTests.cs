using System.CommandLine;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Commands;

namespace Wiretrue.Tool.Tests.Commands;

public sealed class OptionListTests
{
    private static readonly string[] Names = ["fix", "inspect", "explain", "features", "merge", "encap", "decap"];

    public static TheoryData<string> Commands => [.. Names];

    [Theory]
    [MemberData(nameof(Commands))]
    public void No_name_is_given_twice(string command)
    {
        string[] names = [.. Create(command).Options.SelectMany(each => each.Aliases.Append(each.Name))];
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_option_is_in_the_help(string command)
    {
        ToolCommand created = Create(command);
        string help = HelpText.ForCommand(created);
        Assert.Equal(command, created.Name);
        Assert.All(created.Options, option => Assert.Contains(option.Name, help, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_can_be_asked_for_help(string command) => Assert.Equal("--help", Create(command).Options[^1].Name);

    [Fact]
    public void The_same_letter_means_the_same_everywhere()
    {
        var meanings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Option option in Names.SelectMany(name => Create(name).Options))
        {
            foreach (string letter in option.Aliases)
            {
                Assert.Equal(option.Name, meanings.GetValueOrDefault(letter, option.Name));
                meanings[letter] = option.Name;
            }
        }
    }

    private static ToolCommand Create(string command) => command switch
    {
        "fix" => new FixCommand(),
        "inspect" => new InspectCommand(),
        "explain" => new ExplainCommand(),
        "merge" => new MergeCommand(),
        "encap" => new EncapCommand(),
        "decap" => new DecapCommand(),
        _ => new FeaturesCommand(),
    };
}
