using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Testing;

namespace Wiretrue.Tests.Devices.Models;

public sealed class DevicesPageTests
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("docs", "devices.md"));

    [Fact]
    public void The_page_names_every_model_in_order()
    {
        string[] named = [.. Page.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])];
        Assert.Equal(DeviceModels.CreateAll().Select(device => device.Name), named);
    }

    [Fact]
    public void What_the_page_shows_is_what_the_example_prints()
    {
        NetDevice card = DeviceModels.Create("card")!;
        string printed = string.Concat(card.Switch(DeviceFeatures.ScatterGather, on: false).Select(change => $"{change}\n"));
        Assert.Contains($"```text\n{printed}```", Page, StringComparison.Ordinal);
    }
}
