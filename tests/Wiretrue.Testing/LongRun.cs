namespace Wiretrue.Testing;

/// <summary>How many random inputs a test takes: ten times as many when <c>WIRETRUE_LONG</c> is set.</summary>
public static class LongRun
{
    /// <summary>The number for this run.</summary>
    public static int Times(int rounds) => IsWanted ? 10 * rounds : rounds;

    private static bool IsWanted => Environment.GetEnvironmentVariable("WIRETRUE_LONG") is { Length: > 0 };
}
