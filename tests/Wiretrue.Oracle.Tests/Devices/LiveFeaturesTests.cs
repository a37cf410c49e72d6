using System.Text.Json;
using Wiretrue.Captures.Diagnosis;
using Wiretrue.Devices;
using Wiretrue.Linux;
using Wiretrue.Oracle.Tests.Judges;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Oracle.Tests.Devices;

/// <summary>What we read of live interfaces is what ethtool and ip read, byte for byte where both print the same.</summary>
// lo is one for all, and another class of tests switches its features.
[Collection("lo")]
public sealed class LiveFeaturesTests
{
    [ToolFact("ethtool", "ip", Namespace = true)]
    public void The_listing_of_lo_and_of_a_veth_is_that_of_ethtool()
    {
        using var pair = new VirtualPair();
        foreach (string name in (string[])["lo", pair.Name, pair.Peer])
            Assert.Equal(ProcessRun.Must("ethtool", "-k", name), WiretrueCommand.Run("features", "-k", name).Text);
    }

    [ToolFact("ethtool", "ip", Namespace = true)]
    public void The_listing_says_what_was_requested_in_vain_as_ethtool_does()
    {
        using var pair = new VirtualPair();
        pair.Set(DeviceFeatures.ChecksumGeneric | DeviceFeatures.ScatterGather, on: false);
        string theirs = ProcessRun.Must("ethtool", "-k", pair.Name);
        Assert.Contains("[requested on]", theirs, StringComparison.Ordinal);
        Assert.Equal(theirs, WiretrueCommand.Run("features", "-k", pair.Name).Text);
        NetDevice ours = LiveDevice.Read(pair.Name);
        Assert.Equal(theirs, FeatureListing.Of(ours));
        Assert.Equal(DeviceFeatures.None, ours.Features & DeviceFeatures.ChecksumGeneric);
    }

    [ToolFact("ethtool", "ip", Namespace = true)]
    public void The_json_is_that_of_ethtool()
    {
        using var pair = new VirtualPair();
        pair.Set(DeviceFeatures.ScatterGather, on: false);
        foreach (string name in (string[])["lo", pair.Name])
        {
            using JsonDocument theirs = JsonDocument.Parse(ProcessRun.Must("ethtool", "--json", "-k", name));
            using JsonDocument ours = JsonDocument.Parse(WiretrueCommand.Run("features", "--json", name).Text);
            Assert.Equal(
                theirs.RootElement[0].EnumerateObject().Select(Told),
                ours.RootElement[0].EnumerateObject().Where(each => each.Name != "wiretrue").Select(Told));
        }
    }

    [ToolFact("ethtool", "ip", Namespace = true)]
    public void The_limits_are_those_that_ip_shows()
    {
        using var pair = new VirtualPair();
        ProcessRun.Must("ip", "link", "set", pair.Name, "mtu", "9000", "gso_max_size", "40000", "gso_max_segs", "33", "gro_max_size", "30000");
        using JsonDocument shown = JsonDocument.Parse(ProcessRun.Must("ip", "-json", "-details", "link", "show", "dev", pair.Name));
        JsonElement theirs = shown.RootElement[0];
        LinkAttributes ours = LinkAttributes.Read(pair.Name);
        Assert.Equal(theirs.GetProperty("ifindex").GetInt32(), ours.Index);
        Assert.Equal(theirs.GetProperty("mtu").GetInt32(), ours.Mtu);
        Assert.Equal(theirs.GetProperty("gso_max_size").GetInt32(), ours.GsoMaxSize);
        Assert.Equal(theirs.GetProperty("gso_max_segs").GetInt32(), ours.GsoMaxSegments);
        Assert.Equal(theirs.GetProperty("gro_max_size").GetInt32(), ours.GroMaxSize);
        Assert.Equal(theirs.GetProperty("linkinfo").GetProperty("info_kind").GetString(), ours.Kind);
        Assert.Equal((9000, 40000, 33, 30000), (ours.Mtu, ours.GsoMaxSize, ours.GsoMaxSegments, ours.GroMaxSize));
    }

    /// <summary>The commands that are shown do what they promise: the kernel takes them, and the artefact is no longer to be expected.</summary>
    [ToolFact("ethtool", "ip", Namespace = true)]
    public void What_is_said_to_prevent_an_artefact_does()
    {
        using var pair = new VirtualPair();
        foreach (ExpectedArtefact artefact in ExpectedArtefacts.Of(LiveDevice.Read(pair.Name)))
        {
            if (artefact.Prevention(pair.Name) is not { } command)
                continue;
            ProcessRun.Must("ethtool", command.Split(' ')[1..]);
            Assert.DoesNotContain(ExpectedArtefacts.Of(LiveDevice.Read(pair.Name)), each => each.Description == artefact.Description);
        }
        Assert.All(ExpectedArtefacts.Of(LiveDevice.Read(pair.Name)), each => Assert.True(each.Received));
    }

    private static string Told(JsonProperty feature) => feature.Value.ValueKind == JsonValueKind.Object
        ? $"{feature.Name} {feature.Value.GetProperty("active")} {feature.Value.GetProperty("fixed")} {feature.Value.GetProperty("requested")}"
        : $"{feature.Name} {feature.Value}";
}
