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
/// reader takes everything undone.
/// </summary>
public sealed class VirtualPairOracleTests(ITestOutputHelper output)
{
    private const TapOffloads Everything = TapOffloads.Checksum | TapOffloads.Tso4 | TapOffloads.Tso6 | TapOffloads.TsoEcn | TapOffloads.Uso4 | TapOffloads.Uso6;

    private static readonly int Rounds = Environment.GetEnvironmentVariable("WIRETRUE_LONG") is { Length: > 0 } ? 50_000 : 5_000;

    private static readonly DeviceFeatures[] Off =
    [
        None,
        TcpSegmentation,
        Tcp6Segmentation,
        TcpEcnSegmentation,
        TcpMask,
        UdpSegmentation,
        TcpMask | UdpSegmentation,
        GenericSegmentation,
        ScatterGather,
        ChecksumGeneric,
        FragmentList | TcpEcnSegmentation | UdpSegmentation,
        ScatterGather | ChecksumGeneric,
    ];

    [RootTapFact(Tool = "ethtool")]
    public void A_veth_hands_on_what_the_kernel_s_hands_on_whatever_is_switched_off()
    {
        int rounds = Rounds / Off.Length;
        for (int i = 0; i < Off.Length; i++)
            Compare(Off[i], rounds, seed: 300 + i);
    }

    private void Compare(DeviceFeatures off, int rounds, int seed)
    {
        using var veth = new VirtualPair();
        NetDevice model = VirtualPairModel.Create();
        if (off != None)
        {
            veth.Set(off, on: false);
            model.Switch(off, on: false);
        }
        using var pair = TapPair.Create("veth", (uint)Everything, (veth.Name, veth.Peer));
        using var transmit = new TapTransmit(Everything, model);
        var comparison = new TapComparison(pair, transmit, $"without {FeatureNames.Format(off)}");
        var source = new DeviceFrameSource(seed);
        for (int i = 0; i < rounds; i++)
            comparison.Same(source.Next());
        output.WriteLine(comparison.ToString());
    }
}
