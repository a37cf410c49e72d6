using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;
using Xunit.Abstractions;

namespace Wiretrue.Oracle.Tests.Tunnels;

/// <summary>As <see cref="VxlanOracleTests"/>, one case of each kind, counted: nothing of a random source's luck.</summary>
public sealed class VxlanCaseTests(ITestOutputHelper output)
{
    [RootTapFact]
    public void Every_shape_of_local_checksum_offload_is_the_kernel_s()
    {
        int cases = 0;
        foreach (uint offloads in (uint[])[0x01, 0x6F, 0xEF, 0x1EF])
        {
            foreach (bool isIPv6 in (bool[])[false, true])
            {
                foreach (bool hasChecksum in (bool[])[true, false])
                    cases += Compare(new VxlanSettings { IsIPv6 = isIPv6, HasChecksum = hasChecksum, OuterOffloads = offloads });
            }
        }
        Assert.Equal(4 * 2 * 2 * 8, cases);
    }

    [RootTapFact]
    public void Every_case_of_remote_checksum_offload_is_the_kernel_s()
    {
        int cases = 0;
        foreach (uint offloads in (uint[])[0, 0x01, 0x1EF])
        {
            foreach (bool hasChecksum in (bool[])[true, false])
                cases += Compare(new VxlanSettings { LeavesChecksums = true, HasChecksum = hasChecksum, OuterOffloads = offloads });
        }
        // 42 of them leave a checksum to the receiver, and fragments never do.
        Assert.Equal(42 + 6, cases);
    }

    private int Compare(VxlanSettings settings)
    {
        using var comparison = new VxlanComparison(settings);
        SuperFrame[] cases = [.. VxlanCases.All, VxlanCases.Datagram];
        foreach (SuperFrame sent in cases)
            comparison.Same(sent);
        output.WriteLine(comparison.ToString());
        return cases.Length;
    }
}
