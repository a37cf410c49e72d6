using Wiretrue.Captures.Pipelines;

namespace Wiretrue.Captures.Tests.Pipelines;

public class HandOverTests
{
    [Fact]
    public void Things_come_out_in_the_order_they_went_in()
    {
        var queue = new HandOver<string>();
        Assert.True(queue.TryAdd("a"));
        Assert.True(queue.TryAdd("b"));
        Assert.Equal("a", queue.Take());
        Assert.Equal("b", queue.Take());
    }

    [Fact]
    public void What_waits_can_be_taken_after_closing_and_then_comes_null()
    {
        var queue = new HandOver<string>();
        queue.TryAdd("a");
        queue.Close();
        Assert.False(queue.TryAdd("b"));
        Assert.Equal("a", queue.Take());
        Assert.Null(queue.Take());
    }

    [Fact]
    public async Task A_waiting_taker_is_woken_by_a_thing_and_by_closing()
    {
        var queue = new HandOver<string>();
        Task<(string?, string?)> taker = Task.Run(() => (queue.Take(), queue.Take()));
        queue.TryAdd("a");
        queue.Close();
        Assert.Equal(("a", null), await taker.WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
