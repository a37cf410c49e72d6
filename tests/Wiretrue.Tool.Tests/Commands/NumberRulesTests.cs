using Wiretrue.Tool.Commands;

namespace Wiretrue.Tool.Tests.Commands;

public sealed class NumberRulesTests
{
    [Theory]
    [InlineData("7", 7)]
    [InlineData("0x1F", 31)]
    [InlineData("0X1f", 31)]
    [InlineData("100", 100)]
    public void Numbers_are_decimal_or_hexadecimal(string value, long expected)
    {
        Assert.True(NumberRules.TryRead("--n", value, 5, 100, out long? number, out _));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("101")]
    [InlineData("-7")]
    [InlineData("7.5")]
    [InlineData("0x")]
    [InlineData("seven")]
    [InlineData("99999999999999999999")]
    public void Other_numbers_are_refused(string value)
    {
        Assert.False(NumberRules.TryRead("--n", value, 5, 100, out _, out string? error));
        Assert.Equal($"--n must be a number from 5 to 100, not '{value}'", error);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("50us", 50_000)]
    [InlineData("50µs", 50_000)]
    [InlineData("1ms", 1_000_000)]
    [InlineData("0.5s", 500_000_000)]
    [InlineData("7ns", 7)]
    public void Times_have_a_unit(string value, long expected)
    {
        Assert.True(NumberRules.TryReadTime("--t", value, out long? nanoseconds, out _));
        Assert.Equal(expected, nanoseconds);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("ms")]
    [InlineData("-1ms")]
    [InlineData("1e3s")]
    [InlineData("1 minute")]
    [InlineData("10000000000s")]
    public void Other_times_are_refused(string value)
    {
        Assert.False(NumberRules.TryReadTime("--t", value, out _, out string? error));
        Assert.Equal($"--t must be a time such as 50us, 1ms or 0.5s, not '{value}'", error);
    }

    [Fact]
    public void What_is_not_given_is_no_number()
    {
        Assert.True(NumberRules.TryRead("--n", null, 0, 1, out long? number, out _));
        Assert.True(NumberRules.TryReadTime("--t", null, out long? time, out _));
        Assert.Null(number);
        Assert.Null(time);
    }
}
