using Wiretrue.Devices;

namespace Wiretrue.Tests.Devices;

public class DeviceStatisticsTests
{
    [Fact]
    public void Every_reason_has_a_count_of_its_own()
    {
        var statistics = new DeviceStatistics();
        DropReason[] reasons = Enum.GetValues<DropReason>();
        foreach (DropReason reason in reasons)
        {
            for (int i = 0; i <= (int)reason; i++)
                statistics.CountDrop(reason);
        }
        Assert.All(reasons, reason => Assert.Equal((int)reason + 1, statistics.Dropped(reason)));
        Assert.Equal(reasons.Sum(reason => (int)reason + 1), statistics.TransmitDropped);
    }

    [Fact]
    public void Every_reason_on_the_way_in_has_a_count_of_its_own()
    {
        var statistics = new DeviceStatistics();
        ReceiveDropReason[] reasons = Enum.GetValues<ReceiveDropReason>();
        foreach (ReceiveDropReason reason in reasons)
        {
            for (int i = 0; i <= (int)reason; i++)
                statistics.CountDrop(reason);
        }
        Assert.All(reasons, reason => Assert.Equal((int)reason + 1, statistics.Dropped(reason)));
        Assert.Equal(reasons.Sum(reason => (int)reason + 1), statistics.ReceiveDropped);
        Assert.Equal(0, statistics.TransmitDropped);
    }
}
