using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Tests.CommandLine;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("fix", "fix", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("fxi", "fix", 1)]
    [InlineData("fi", "fix", 1)]
    [InlineData("fixx", "fix", 1)]
    [InlineData("fax", "fix", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_counts_the_slips_of_the_finger(string a, string b, int expected)
    {
        Assert.Equal(expected, Suggestion.Distance(a, b));
        Assert.Equal(expected, Suggestion.Distance(b, a));
    }

    [Fact]
    public void The_nearest_word_is_suggested() => Assert.Equal("; did you mean fix?", Suggestion.For("fxi", ["inspect", "fix", "fit-all"]));

    [Theory]
    [InlineData("elephant")]
    [InlineData("f")]
    public void A_word_that_is_not_near_suggests_nothing(string word) => Assert.Equal("", Suggestion.For(word, ["inspect", "fixes"]));

    [Fact]
    public void Nothing_known_suggests_nothing() => Assert.Equal("", Suggestion.For("fix", []));
}
