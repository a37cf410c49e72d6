using Wiretrue.Tool.CommandLine;

namespace Wiretrue.Tool.Tests.CommandLine;

public sealed class ArgumentsTests
{
    private static readonly Option Write = new('w', "write", "OUT", "");
    private static readonly Option Read = new('r', "read", "IN", "") { Repeats = true };
    private static readonly Option Quiet = new('q', "quiet", null, "");
    private static readonly Option Force = new('f', "force", null, "");
    private static readonly Option Color = new('\0', "color", "WHEN", "") { Choices = ["auto", "always", "never"] };
    private static readonly Option[] All = [Write, Read, Quiet, Force, Color];

    [Theory]
    [InlineData("-w", "out")]
    [InlineData("-wout")]
    [InlineData("--write", "out")]
    [InlineData("--write=out")]
    [InlineData("-qw", "out")]
    [InlineData("-qfwout")]
    public void A_value_is_found_however_it_is_written(params string[] words)
    {
        Arguments arguments = Parsed(words);
        Assert.Equal("out", arguments.Value(Write));
        Assert.Empty(arguments.Operands);
    }

    [Fact]
    public void Operands_and_options_mix_in_any_order()
    {
        Arguments arguments = Parsed("a", "-q", "b", "-w", "c", "d");
        Assert.Equal(["a", "b", "d"], arguments.Operands);
        Assert.True(arguments.Has(Quiet));
        Assert.False(arguments.Has(Force));
    }

    [Fact]
    public void A_lone_dash_is_an_operand_and_a_value()
    {
        Arguments arguments = Parsed("-", "-w", "-");
        Assert.Equal(["-"], arguments.Operands);
        Assert.Equal("-", arguments.Value(Write));
    }

    [Fact]
    public void Two_dashes_end_the_options()
    {
        Arguments arguments = Parsed("-q", "--", "-f", "--", "--write");
        Assert.Equal(["-f", "--", "--write"], arguments.Operands);
        Assert.False(arguments.Has(Force));
    }

    [Fact]
    public void A_value_may_look_like_an_option()
    {
        Assert.Equal("-q", Parsed("-w", "-q").Value(Write));
        Assert.Equal("a=b", Parsed("--write=a=b").Value(Write));
        Assert.Equal("", Parsed("--write=").Value(Write));
    }

    [Fact]
    public void An_option_that_repeats_keeps_its_order() => Assert.Equal(["a", "b"], Parsed("-r", "a", "--read=b").Values(Read));

    [Fact]
    public void A_flag_may_be_given_twice() => Assert.True(Parsed("-qq").Has(Quiet));

    [Theory]
    [InlineData("unknown option --wrte; did you mean --write?", "--wrte", "x")]
    [InlineData("unknown option --nonsense", "--nonsense")]
    [InlineData("unknown option -x", "-qx")]
    [InlineData("--write needs a value: OUT", "-w")]
    [InlineData("--write needs a value: OUT", "a", "--write")]
    [InlineData("--write is given twice", "-w", "a", "-w", "b")]
    [InlineData("--quiet takes no value", "--quiet=yes")]
    [InlineData("--color must be one of auto, always, never, not 'red'", "--color", "red")]
    [InlineData("unknown option --a", "--a", "--b", "-c")]
    public void What_is_wrong_is_said_in_one_line(string expected, params string[] words)
    {
        Assert.False(Arguments.TryParse(words, All, out _, out string? error));
        Assert.Equal(expected, error);
    }

    private static Arguments Parsed(params string[] words)
    {
        Assert.True(Arguments.TryParse(words, All, out Arguments? arguments, out string? error), error);
        return arguments;
    }
}
