using Wiretrue.Captures.Formats;
using Wiretrue.Tool.Commands;
using Wiretrue.Tool.Output;

namespace Wiretrue.Tool.Tests.Commands;

public sealed class EachInputTests
{
    private readonly List<int> _worked = [];

    [Theory]
    [InlineData(0, "0 0 0", "0 0 0")]
    [InlineData(3, "0 3 0", "0 3 0")]
    [InlineData(4, "3 4 2", "3 4 2")]
    [InlineData(130, "3 130 0", "3 130")]
    [InlineData(141, "141 4", "141")]
    public void The_highest_code_wins_and_a_signal_ends_it(int expected, string codes, string worked)
    {
        int code = EachInput.Run([.. codes.Split(' ').Select(int.Parse)], Silent(), Work);
        Assert.Equal(expected, code);
        Assert.Equal(worked, string.Join(' ', _worked));
    }

    [Fact]
    public void An_input_that_throws_leaves_the_others_their_turn()
    {
        int code = EachInput.Run([0, -1, 0], Silent(), Work);
        Assert.Equal(141, code);
        Assert.Equal([0, -1], _worked);
    }

    [Fact]
    public void A_defect_is_not_swallowed() =>
        Assert.Throws<InvalidOperationException>(() => EachInput.Run([1], Silent(), _ => throw new InvalidOperationException()));

    private static Messages Silent() => new("never", quiet: true);

    private int Work(int code)
    {
        _worked.Add(code);
        return code >= 0 ? code : throw new CaptureAccessException("-", CaptureAccessFault.ClosedPipe, "");
    }
}
