using Wiretrue.Testing;

namespace Wiretrue.Tool.Tests.Running;

/// <summary>Completion in bash, as its readline calls it when the key is pressed at the line's end.</summary>
public sealed class CompletionTests
{
    private const string Press =
        """
        source "$1"
        COMP_LINE="$0 $2" COMP_POINT=$((${#0} + 1 + ${#2}))
        read -ra COMP_WORDS <<<"$COMP_LINE"
        [[ $COMP_LINE != *' ' ]] || COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _wiretrue
        echo "${COMPREPLY[*]}"
        """;

    [Theory]
    [InlineData("", "decap encap explain features fix inspect merge")]
    [InlineData("in", "inspect")]
    [InlineData("fix a.pcap --dry", "--dry-run")]
    [InlineData("fix --ch", "--checksums-only")]
    [InlineData("fix --color ", "always auto never")]
    [InlineData("fix -F p", "pcap pcapng")]
    public void A_word_is_completed(string line, string expected) => Assert.Equal(expected + "\n", Pressed(line));

    [Theory]
    [InlineData("fix ")]
    [InlineData("fix a.p")]
    [InlineData("fix -w ")]
    [InlineData("fix a.pcap --nonsense")]
    public void File_names_are_left_to_the_shell(string line) => Assert.Equal("\n", Pressed(line));

    private static string Pressed(string line)
    {
        ProcessRun run = BuiltCommand.Shell(Press, RepositoryRoot.Combine("docs", "wiretrue.bash"), line);
        Answer.IsSuccess(run);
        Assert.Empty(run.Error);
        return run.Text;
    }
}
