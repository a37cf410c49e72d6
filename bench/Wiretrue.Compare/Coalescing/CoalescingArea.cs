namespace Wiretrue.Compare.Coalescing;

/// <summary>
/// Merging a burst that has arrived, on one core: beside <c>rte_gro_reassemble_burst</c> of DPDK, whose program verifies the checksums with
/// DPDK's functions, or does not.
/// </summary>
/// <remarks>
/// Both sides begin with frames in buffers and end with chains of them; payload bytes of both are compared. DPDK is told the lengths of the
/// headers by its driver. Ours are measured with the packets walked before, and with the walk as a part of the work.
/// 64 flows with two frames each are the longest burst that DPDK's function takes.
/// </remarks>
internal sealed class CoalescingArea : IArea
{
    private const double LessThanDpdk = 0.60;

    public string Name => "coalescing";

    public IEnumerable<Row> Run()
    {
        using var core = new OneCore();
        using DpdkProgram? dpdk = DpdkProgram.TryStart(DpdkCoalescing.Program, core.Number, native: true, out string reason);
        using DpdkProgram? asShipped = dpdk is null ? null : DpdkProgram.TryStart(DpdkCoalescing.Program, core.Number, native: false, out reason);
        if (dpdk is null || asShipped is null)
        {
            Console.Error.WriteLine($"compare: {Name} is left out: {reason}");
            yield break;
        }

        (string Name, Arrivals Arrivals)[] bursts = [("1 flow × 44", new Arrivals(1, 44)), ("64 flows × 2", new Arrivals(64, 2))];
        foreach ((string name, Arrivals arrivals) in bursts)
        {
            // Before ours has written anything into the frames.
            DpdkCoalescing.Take(dpdk, arrivals);
            DpdkCoalescing.Take(asShipped, arrivals);
            yield return Beside(dpdk, name, arrivals, sums: true, isWalked: true, "DPDK cksum + gro native", LessThanDpdk);
            yield return Beside(asShipped, name, arrivals, sums: true, isWalked: true, "DPDK cksum + gro", LessThanDpdk);
            yield return Beside(dpdk, name, arrivals, sums: true, isWalked: false, "DPDK cksum + gro native", LessThanDpdk);
            yield return Beside(dpdk, name, arrivals, sums: false, isWalked: true, "DPDK gro", goal: null);
            using var merging = new Merging(arrivals, sums: true, isWalked: false);
            long allocated = merging.AllocatedBytes();
            yield return new Row($"merge {name}, allocated", $"{allocated} B", "limit 0 B", allocated, 0);
        }
    }

    private static Row Beside(DpdkProgram peer, string burst, Arrivals arrivals, bool sums, bool isWalked, string peerName, double? goal)
    {
        using var merging = new Merging(arrivals, sums, isWalked);
        MadeFrames ours = merging.Result();
        MadeFrames theirs = peer.Result(sums);
        if (ours != theirs || ours.Count != arrivals.Flows)
            throw new InvalidOperationException($"Of {arrivals.Flows} flows ours are {ours}, DPDK's are {theirs}.");
        string work = $"merge {burst}{(sums ? ", all sums" : ", no sums")}{(isWalked ? "" : ", walked")}";
        return Row.Compare(work, new RepeatedWork(merging.Merge), peerName, new RepeatedWork(times => peer.Run(sums, times)), goal);
    }
}
