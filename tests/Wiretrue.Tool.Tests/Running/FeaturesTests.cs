using System.Text.Json;
using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Testing;

namespace Wiretrue.Tool.Tests.Running;

public sealed class FeaturesTests
{
    public static TheoryData<string> Models => [.. DeviceModels.CreateAll().Select(device => device.Name)];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_is_told_with_its_artefacts(string name)
    {
        ProcessRun run = BuiltCommand.Run("features", $"model:{name}");
        Answer.IsSuccess(run);
        Assert.Empty(run.Error);
        Golden.Matches($"features-{name}.txt", run.Text);
        string listing = FeatureListing.Of(DeviceModels.Create(name)!);
        Assert.StartsWith($"{listing}\nlimits: ", run.Text, StringComparison.Ordinal);
        Assert.Equal(listing, BuiltCommand.Run("features", $"model:{name}", "-k").Text);
    }

    [Fact]
    public void Without_a_name_each_interface_and_each_model_has_a_line()
    {
        ProcessRun run = BuiltCommand.Run("features");
        Answer.IsSuccess(run);
        Assert.Empty(run.Error);
        string[] lines = run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, line => line.StartsWith("interface  lo ", StringComparison.Ordinal));
        Assert.Equal(
            DeviceModels.CreateAll().Select(device => device.Name),
            lines.Where(line => line.StartsWith("model ", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
    }

    [Fact]
    public void Without_a_name_the_json_is_a_list()
    {
        using JsonDocument json = Json("features", "--json");
        JsonElement wire = json.RootElement.EnumerateArray().Single(each => each.GetProperty("ifname").GetString() == "wire");
        Assert.Equal("model", wire.GetProperty("kind").GetString());
        Assert.Equal(FeatureNames.Each(NetDevice.Wire().Features).Select(FeatureNames.NameOf), wire.GetProperty("active").EnumerateArray().Select(each => each.GetString()));
    }

    [Fact]
    public void The_json_is_that_of_ethtool_and_one_member_more()
    {
        using JsonDocument json = Json("features", "--json", "card-ipv4");
        JsonElement card = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal("ifname", card.EnumerateObject().First().Name);
        Assert.Equal("""{"active":true,"fixed":null,"requested":null}""", card.GetProperty("tx-checksumming").GetRawText());
        Assert.Equal("""{"active":true,"fixed":false,"requested":true}""", card.GetProperty("tx-checksum-ipv4").GetRawText());
        Assert.Equal("""{"active":false,"fixed":true,"requested":false}""", card.GetProperty("large-receive-offload").GetRawText());

        JsonElement ours = card.EnumerateObject().Last().Value;
        Assert.Equal(
            ["schema", "kind", "mtu", "gsoMaxSize", "gsoIPv4MaxSize", "gsoMaxSegments", "groMaxSize", "artefacts"],
            ours.EnumerateObject().Select(each => each.Name));
        Assert.Equal(1, ours.GetProperty("schema").GetInt32());
        JsonElement first = ours.GetProperty("artefacts")[0];
        Assert.Equal(["kind", "direction", "text", "because", "prevention"], first.EnumerateObject().Select(each => each.Name));
        Assert.Equal("halfMadeChecksum", first.GetProperty("kind").GetString());
        Assert.Equal("sent", first.GetProperty("direction").GetString());
        Assert.Equal("""["tx-checksum-ipv4"]""", first.GetProperty("because").GetRawText());
        Assert.Equal("ethtool -K card-ipv4 tx-checksum-ipv4 off", first.GetProperty("prevention").GetString());
    }

    [Fact]
    public void An_interface_goes_before_a_model_of_the_same_name()
    {
        using JsonDocument live = Json("features", "--json", "lo"), model = Json("features", "--json", "model:lo");
        Assert.Equal("interface", live.RootElement[0].GetProperty("wiretrue").GetProperty("kind").GetString());
        Assert.Equal("model", model.RootElement[0].GetProperty("wiretrue").GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("no-such-device")]
    [InlineData("a-name-that-no-device-can-have")]
    [InlineData("model:no-such-model")]
    public void A_device_that_is_not_there_is_refused(string name) =>
        Answer.IsRefusal(BuiltCommand.Run("features", name), 4, $"{name}: no such network device here");

    [Theory]
    [InlineData("features takes one device", "lo", "wire")]
    [InlineData("--show-features and --json exclude each other", "-k", "--json", "lo")]
    [InlineData("--show-features needs a device", "-k")]
    [InlineData("unknown option --jsn; did you mean --json?", "lo", "--jsn")]
    public void A_mistake_is_one_line(string expected, params string[] words) =>
        Answer.IsRefusal(BuiltCommand.Run(["features", .. words]), 2, expected);

    private static JsonDocument Json(params string[] words)
    {
        ProcessRun run = BuiltCommand.Run(words);
        Answer.IsSuccess(run);
        Assert.Empty(run.Error);
        Assert.Equal(1, run.Text.Count(letter => letter == '\n'));
        return JsonDocument.Parse(run.Text);
    }
}
