using System.CommandLine;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tool.Commands;

namespace Wiretrue.Tool.Tests.CommandLine;

/// <summary>The conventions that the command keeps (POSIX's and GNU's), whoever parses.</summary>
public sealed class ParsingTests
{
    [Theory]
    [InlineData("-w", "out")]
    [InlineData("-wout")]
    [InlineData("-w=out")]
    [InlineData("--write", "out")]
    [InlineData("--write=out")]
    [InlineData("-qw", "out")]
    [InlineData("-qfwout")]
    public void A_value_is_found_however_it_is_written(params string[] words)
    {
        ParseResult parsed = Parsed(words);
        Assert.Equal("out", parsed.GetValue(OutputOptions.Write));
        Assert.Empty(CommonOptions.Inputs(parsed));
    }

    [Fact]
    public void Inputs_and_options_mix_in_any_order()
    {
        ParseResult parsed = Parsed("a", "-q", "b", "-w", "c", "d");
        Assert.Equal(["a", "b", "d"], CommonOptions.Inputs(parsed));
        Assert.True(parsed.Has(CommonOptions.Quiet));
        Assert.False(parsed.Has(OutputOptions.Force));
        Assert.False(parsed.Has(OutputOptions.Format));
    }

    [Fact]
    public void A_lone_dash_is_an_input_and_a_value()
    {
        ParseResult parsed = Parsed("-", "-w", "-");
        Assert.Equal(["-"], CommonOptions.Inputs(parsed));
        Assert.Equal("-", parsed.GetValue(OutputOptions.Write));
    }

    [Fact]
    public void Two_dashes_end_the_options()
    {
        ParseResult parsed = Parsed("a", "-q", "--", "-f", "--", "--write");
        Assert.Equal(["a", "-f", "--", "--write"], CommonOptions.Inputs(parsed));
        Assert.False(parsed.Has(OutputOptions.Force));
    }

    [Fact]
    public void A_value_may_look_like_an_option()
    {
        Assert.Equal("-q", Parsed("-w", "-q").GetValue(OutputOptions.Write));
        Assert.Equal("-x", Parsed("-w", "-x").GetValue(OutputOptions.Write));
        Assert.Equal("a=b", Parsed("--write=a=b").GetValue(OutputOptions.Write));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("fix")]
    [InlineData("@list")]
    [InlineData("a:b")]
    [InlineData("write=x")]
    public void An_input_may_have_any_name(string name) => Assert.Equal(["a", name], CommonOptions.Inputs(Parsed("a", "-q", name)));

    [Fact]
    public void Inputs_with_and_without_an_option_keep_their_order() =>
        Assert.Equal(["a", "b", "c", "c"], CommonOptions.Inputs(Parsed("-r", "a", "c", "--read=b", "c")));

    [Fact]
    public void A_flag_may_be_given_twice() => Assert.True(Parsed("-qq").Has(CommonOptions.Quiet));

    [Theory]
    [InlineData("unknown option --wrte; did you mean --write?", "--wrte", "x")]
    [InlineData("unknown option --nonsense", "--nonsense")]
    [InlineData("unknown option -x", "-x")]
    [InlineData("unknown option --a; did you mean --all?", "--a", "--b", "-c")]
    [InlineData("-qx: no option takes 'x'", "-qx")]
    [InlineData("-qx: no option takes 'x'", "x", "-qx")]
    [InlineData("--quiet=yes: no option takes 'yes'", "--quiet=yes")]
    [InlineData("Required argument missing for option: '-w'", "-w")]
    [InlineData("Required argument missing for option: '--write'", "a", "--write")]
    [InlineData("Required argument missing for option: '--write'", "a", "--write=")]
    [InlineData("Option '-w' expects a single argument but 2 were provided", "-w", "a", "-w", "b")]
    [InlineData("--color must be one of auto, always, never, not 'red'", "--color", "red")]
    [InlineData("a word is empty, where a file's name or a value is expected", "", "-w", "a")]
    [InlineData("[a] is no directive; as a file's name, write ./[a]", "[a]", "-w", "a")]
    public void What_is_wrong_is_said_in_one_line(string expected, params string[] words) =>
        Assert.Equal(expected, UsageError.Of(new FixCommand().Parse(words, Application.Configuration), words));

    private static ParseResult Parsed(params string[] words)
    {
        ParseResult parsed = new FixCommand().Parse(words, Application.Configuration);
        Assert.Null(UsageError.Of(parsed, words));
        return parsed;
    }
}
