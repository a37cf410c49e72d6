using Xunit;

namespace Wiretrue.Testing.Skipping;

/// <summary>
/// A test of what WIRETRUE_EXPECT_ISA promises of this process; skipped, with the reason, where nothing is promised or the processor lacks it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExpectedIsaFactAttribute : FactAttribute
{
    /// <summary>Reads the variable and asks the kernel, not the runtime that is under test, what the processor has.</summary>
    public ExpectedIsaFactAttribute() => Skip = Expected switch
    {
        null or "" => "WIRETRUE_EXPECT_ISA is not set (./test sets it for each instruction set)",
        "512" when !ProcessorHas("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl") => "the processor has no AVX-512",
        "256" or "512" when !ProcessorHas("avx2") => "the processor has no AVX2",
        _ => null,
    };

    /// <summary>The widest vectors that must be accelerated: <c>512</c>, <c>256</c>, <c>128</c>, <c>none</c>; null where nothing is said.</summary>
    public static string? Expected => Environment.GetEnvironmentVariable("WIRETRUE_EXPECT_ISA");

    private static bool ProcessorHas(params string[] flags)
    {
        string? line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("flags", StringComparison.Ordinal));
        return line is not null && flags.All(line.Split(' ').Contains);
    }
}
