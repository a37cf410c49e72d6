using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Oracle.Tests.Devices;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;
using static Wiretrue.Devices.DeviceFeatures;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>
/// As <see cref="OffloadOracleTests"/>, for a veth of which <c>ethtool -K</c> switched features off, and that hands on to a TAP whose
/// reader takes everything undone, or some.
/// </summary>
public sealed class VirtualPairOracleTests(ITestOutputHelper output)
{
    private const int RandomSets = 14;

    private const DeviceFeatures Tags = VlanInsert | ServiceVlanInsert;

    private const DeviceFeatures UdpTunnels = UdpTunnelSegmentation | UdpTunnelChecksumSegmentation;

    private static readonly int Rounds = Environment.GetEnvironmentVariable("WIRETRUE_LONG") is { Length: > 0 } ? 800_000 : 80_000;

    private static readonly DeviceFeatures[] Off =
    [
        None,
        TcpSegmentation,
        Tcp6Segmentation,
        TcpEcnSegmentation,
        TcpMangleIdSegmentation,
        TcpMask,
        UdpSegmentation,
        TcpMask | UdpSegmentation,
        GenericSegmentation,
        ScatterGather,
        ChecksumGeneric,
        FragmentList | TcpEcnSegmentation | UdpSegmentation,
        ScatterGather | ChecksumGeneric,
        VlanInsert,
        ServiceVlanInsert,
        Tags,
        Tags | ChecksumGeneric,
        Tags | TcpMask | UdpSegmentation,
        Tags | ScatterGather | FragmentList,
        UdpTunnelSegmentation,
        UdpTunnelChecksumSegmentation,
        Tags | UdpTunnels,
        TunnelMask | ListSegmentation,
    ];

    [RootTapFact(Tool = "ethtool")]
    public void A_veth_hands_on_what_the_kernel_s_hands_on_whatever_is_switched_off()
    {
        int rounds = (Rounds / (Off.Length + RandomSets)) + 1;
        for (int i = 0; i < Off.Length; i++)
            Compare(Off[i], TapOffloads.All, rounds, seed: 300 + i);
        var random = new Random(12);
        DeviceFeatures[] switched = [.. FeatureNames.Each(Off.Aggregate((a, b) => a | b))];
        for (int i = 0; i < RandomSets; i++)
        {
            DeviceFeatures off = switched.Where(_ => random.Next(4) == 0).Aggregate(None, (sum, feature) => sum | feature);
            Compare(off, TapModel.Accepted[random.Next(TapModel.Accepted.Length)], rounds, seed: 400 + i);
        }
    }

    private void Compare(DeviceFeatures off, TapOffloads offloads, int rounds, int seed)
    {
        using var veth = new VirtualPair();
        NetDevice model = VirtualPairModel.Create();
        if (off != None)
        {
            veth.Set(off, on: false);
            model.Switch(off, on: false);
        }
        using var pair = TapPair.Create("veth", (uint)offloads, (veth.Name, veth.Peer));
        using var transmit = new TapTransmit(offloads, model);
        var comparison = new TapComparison(pair, transmit, $"without {FeatureNames.Format(off)}, to a TAP with 0x{(uint)offloads:X3}");
        var source = new DeviceFrameSource(seed);
        for (int i = 0; i < rounds; i++)
            comparison.Same(source.Next());
        output.WriteLine(comparison.ToString());
    }
}
