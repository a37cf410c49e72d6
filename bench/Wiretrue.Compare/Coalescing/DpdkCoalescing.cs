namespace Wiretrue.Compare.Coalescing;

/// <summary>DPDK's side, <c>bench/compare-c/dpdk_coalescing.c</c>.</summary>
internal static class DpdkCoalescing
{
    /// <summary>The program.</summary>
    public const string Program = "dpdk_coalescing";

    /// <summary>From now on this burst is merged.</summary>
    public static void Take(DpdkProgram peer, Arrivals arrivals) =>
        peer.Tell(
            ["frames", arrivals.Frames.Length, Arrivals.L2, Arrivals.L3, Arrivals.L4, Arrivals.Headers + Arrivals.Payload], arrivals.Frames);
}
