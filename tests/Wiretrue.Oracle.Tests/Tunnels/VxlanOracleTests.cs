using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Testing;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Tunnels;

/// <summary>
/// The kernel's VXLAN device and the library's are given the same seeded random frames: every byte is the same, and what is still owed; and
/// what the kernel's device sends comes out of our tunnel as it went into the kernel's.
/// </summary>
public sealed class VxlanOracleTests(ITestOutputHelper output)
{
    private const uint Segments = 0x6F, Tunnels = 0xEF, TunnelsWithChecksum = 0x1EF;

    private int _seed = 600;

    [RootTapFact]
    public void Frames_are_put_into_the_tunnel_as_the_kernel_puts_them_there()
    {
        foreach (bool isIPv6 in (bool[])[false, true])
        {
            foreach (bool hasChecksum in (bool[])[true, false])
            {
                foreach (uint offloads in (uint[])[0, 1, 0x0F, Segments, Tunnels, TunnelsWithChecksum])
                    Compare(new VxlanSettings { IsIPv6 = isIPv6, HasChecksum = hasChecksum, OuterOffloads = offloads }, 500);
            }
        }
    }

    [RootTapFact]
    public void The_outer_header_takes_from_the_inner_one_what_the_kernel_takes()
    {
        foreach (bool isIPv6 in (bool[])[false, true])
        {
            Compare(new VxlanSettings { IsIPv6 = isIPv6, Tos = "inherit", Ttl = "inherit", OuterOffloads = TunnelsWithChecksum }, 500);
            Compare(new VxlanSettings { IsIPv6 = isIPv6, Tos = "60", Ttl = "9" }, 500);
        }
        Compare(new VxlanSettings { Df = "set", Tos = "inherit" }, 500);
        Compare(new VxlanSettings { Df = "inherit" }, 500);
        Compare(new VxlanSettings { IsIPv6 = true, Df = "inherit", FlowLabel = 0x54321 }, 500);
    }

    [RootTapFact]
    public void The_kernel_takes_our_frames_out_of_the_tunnel_as_they_went_in()
    {
        foreach (bool isIPv6 in (bool[])[false, true])
        {
            foreach (bool hasChecksum in (bool[])[true, false])
            {
                var settings = new VxlanSettings { IsIPv6 = isIPv6, HasChecksum = hasChecksum, TakesZeroChecksum = isIPv6 };
                foreach (uint left in (uint[])[0, 1, Segments, TunnelsWithChecksum])
                {
                    Deliver(settings with { InnerOffloads = 0 }, left, 500);
                    Deliver(settings with { InnerOffloads = Segments }, left, 500);
                }
            }
        }
    }

    [RootTapFact]
    public void Checksums_are_left_to_the_receiver_as_the_kernel_leaves_them()
    {
        foreach (bool hasChecksum in (bool[])[true, false])
        {
            foreach (uint offloads in (uint[])[0, 1, TunnelsWithChecksum])
                Compare(new VxlanSettings { LeavesChecksums = true, HasChecksum = hasChecksum, OuterOffloads = offloads }, 500);
        }
        Compare(new VxlanSettings { LeavesChecksums = true, IsIPv6 = true }, 500);
    }

    [RootTapFact]
    public void The_kernel_derives_the_checksums_that_we_leave_to_it()
    {
        foreach (bool hasChecksum in (bool[])[true, false])
        {
            foreach (uint left in (uint[])[0, 1])
                Deliver(new VxlanSettings { TakesLeftChecksums = true, HasChecksum = hasChecksum }, left, 500);
        }
        Deliver(new VxlanSettings { TakesLeftChecksums = true, IsIPv6 = true, InnerOffloads = 1 }, 0, 500);
    }

    [RootTapFact(Bpf = true)]
    public void Group_policy_is_said_as_the_kernel_says_it()
    {
        using var comparison = new VxlanComparison(new VxlanSettings { HasPolicy = true, OuterOffloads = TunnelsWithChecksum });
        var source = new TunnelledFrameSource(_seed);
        var random = new Random(_seed);
        for (int i = 0; i < LongRun.Times(500); i++)
        {
            // Without a mark there is no policy; bits that have no meaning are left out.
            comparison.SetMark(random.Next(4) == 0 ? 0 : (uint)random.NextInt64(1L << 32) & 0x0048_FFFF);
            comparison.Same(source.Next());
        }
        output.WriteLine(comparison.ToString());
        Deliver(new VxlanSettings { HasPolicy = true }, 0, 200);
    }

    [RootTapFact(Bpf = true)]
    public void Gpe_carries_packets_as_the_kernel_s_does()
    {
        foreach (bool isIPv6 in (bool[])[false, true])
        {
            foreach (uint offloads in (uint[])[0, 1, TunnelsWithChecksum])
            {
                using var comparison = new VxlanComparison(new VxlanSettings { IsGpe = true, IsIPv6 = isIPv6, OuterOffloads = offloads });
                var source = new TunnelledFrameSource(_seed++);
                for (int i = 0; i < LongRun.Times(500); i++)
                    comparison.Same(source.NextPlain());
                output.WriteLine(comparison.ToString());
            }
            Deliver(new VxlanSettings { IsGpe = true, IsIPv6 = isIPv6 }, 0, 500);
            Deliver(new VxlanSettings { IsGpe = true, IsIPv6 = isIPv6, InnerOffloads = 1 }, 1, 500);
        }
    }

    private void Deliver(VxlanSettings settings, uint left, int rounds)
    {
        using var delivery = new VxlanDelivery(settings, (TapOffloads)left, _seed++);
        for (int i = 0; i < LongRun.Times(rounds); i++)
            delivery.Next();
        output.WriteLine(delivery.ToString());
    }

    private void Compare(VxlanSettings settings, int rounds)
    {
        using var comparison = new VxlanComparison(settings);
        var source = new TunnelledFrameSource(_seed++);
        for (int i = 0; i < LongRun.Times(rounds); i++)
            comparison.Same(source.Next());
        output.WriteLine(comparison.ToString());
    }
}
