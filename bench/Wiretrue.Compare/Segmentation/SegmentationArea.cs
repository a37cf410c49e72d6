using Wiretrue.Packets;

namespace Wiretrue.Compare.Segmentation;

/// <summary>
/// Cutting a super-frame of 44 × 1448 bytes, on one core: beside <c>rte_gso_segment</c> of DPDK, with DPDK's checksums or without any, and
/// beside a memcpy of the same bytes.
/// </summary>
/// <remarks>
/// Both sides cut a packet whose headers are known and which they keep, and free the segments. Frames that both have to make are compared,
/// all bytes of them. The rows "from bytes to segments" are what <c>TransmitPath.Validate</c> takes with a packet made and walked each time.
/// DPDK's checksums are inlined into the program, so they are measured twice: compiled for this processor, and as DPDK tells programs to be.
/// </remarks>
internal sealed class SegmentationArea : IArea
{
    private const double QuarterOfDpdk = 0.25;
    private const double LessThanHalfOfDpdk = 0.40;
    private const double TwiceCopying = 2.00;

    public string Name => "segmentation";

    public IEnumerable<Row> Run()
    {
        using var core = new OneCore();
        using DpdkProgram? dpdk = DpdkProgram.TryStart(DpdkCutting.Program, core.Number, native: true, out string reason);
        using DpdkProgram? asShipped = dpdk is null ? null : DpdkProgram.TryStart(DpdkCutting.Program, core.Number, native: false, out reason);
        Console.Error.WriteLine(dpdk is null
            ? $"compare: the rows beside DPDK are left out: {reason}"
            : "compare: DPDK's library cuts no TCP over IPv6, and makes IP fragments of UDP where we make datagrams: neither has a goal");

        (string Name, SuperFrame Frame)[] kinds =
            [("TCPv4", SuperFrame.TcpV4()), ("VXLAN", SuperFrame.TcpV4InVxlan()), ("TCPv6", SuperFrame.TcpV6()), ("USO", SuperFrame.UdpV4())];
        foreach ((string name, SuperFrame frame) in kinds)
        {
            foreach (bool sums in (bool[])[true, false])
            {
                foreach (Row row in Rows(name + (sums ? ", all sums" : ", no sums"), frame, sums, dpdk, asShipped))
                    yield return row;
            }
        }
    }

    private static IEnumerable<Row> Rows(string kind, SuperFrame frame, bool sums, DpdkProgram? dpdk, DpdkProgram? asShipped)
    {
        using var cutting = new Cutting(frame, sums);
        var ours = new RepeatedWork(cutting.Segment);
        if (dpdk is not null && asShipped is not null && frame.State.GsoType != GsoType.TcpV6)
        {
            bool isUdp = frame.State.GsoType == GsoType.UdpL4;
            string name = isUdp ? "DPDK fragments" : sums ? "DPDK gso + cksum" : "DPDK gso";
            double? goal = isUdp ? null : sums ? QuarterOfDpdk : LessThanHalfOfDpdk;
            yield return Beside(dpdk, sums && !isUdp ? name + " native" : name);
            if (sums && !isUdp)
                yield return Beside(asShipped, name);

            Row Beside(DpdkProgram peer, string peerName)
            {
                DpdkCutting.Take(peer, frame);
                CheckSameFrames(cutting.Result(), peer.Result(sums), sums && !isUdp);
                return Row.Compare($"cut {kind}", ours, peerName, new RepeatedWork(times => peer.Run(sums, times)), goal);
            }
        }

        var copy = new RepeatedWork(cutting.Copy);
        yield return Row.Compare($"cut {kind}", ours, "memcpy", copy, TwiceCopying);
        yield return Row.Compare($"from bytes to segments {kind}", new RepeatedWork(cutting.Validate), "memcpy", copy, goal: null);
        long allocated = cutting.AllocatedBytes();
        yield return new Row($"cut {kind}, allocated", $"{allocated} B", "limit 0 B", allocated, 0);
    }

    /// <summary>Both did the work, and the same; what DPDK leaves undone (checksums, datagrams) is not compared.</summary>
    private static void CheckSameFrames(MadeFrames ours, MadeFrames theirs, bool sameBytes)
    {
        if (ours.Count != SuperFrame.Segments || theirs.Count < SuperFrame.Segments || (sameBytes && ours != theirs))
            throw new InvalidOperationException($"Ours are {ours}, DPDK's are {theirs}.");
    }
}
