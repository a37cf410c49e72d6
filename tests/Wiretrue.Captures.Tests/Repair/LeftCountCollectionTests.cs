using Wiretrue.Captures.Inference;
using Wiretrue.Captures.Repair;

namespace Wiretrue.Captures.Tests.Repair;

public sealed class LeftCountCollectionTests
{
    [Fact]
    public void Every_reason_can_be_counted_and_comes_in_its_order()
    {
        var counts = new RepairReport().Left;
        LeftReason[] reasons = [.. Enum.GetValues<LeftReason>().Except([LeftReason.None])];
        foreach (LeftReason reason in reasons.Reverse())
            counts[reason] = 10 + (int)reason;
        Assert.Equal(reasons.Length, counts.Count);
        Assert.Equal(reasons.Select(reason => KeyValuePair.Create(reason, 10L + (int)reason)), counts);
    }

    [Fact]
    public void A_reason_that_there_was_not_is_not_among_them()
    {
        var counts = new RepairReport().Left;
        Assert.Empty(counts);
        counts[LeftReason.Bad] = 1;
        counts[LeftReason.Zero] = 2;
        counts[LeftReason.Bad]--;
        Assert.Equal(KeyValuePair.Create(LeftReason.Zero, 2L), Assert.Single(counts));
        Assert.Equal(0, counts[LeftReason.Bad]);
    }
}
