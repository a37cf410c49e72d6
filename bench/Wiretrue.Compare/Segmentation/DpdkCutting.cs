using Wiretrue.Packets;

namespace Wiretrue.Compare.Segmentation;

/// <summary>DPDK's side, <c>bench/compare-c/dpdk_segmentation.c</c>.</summary>
internal static class DpdkCutting
{
    /// <summary>The program.</summary>
    public const string Program = "dpdk_segmentation";

    /// <summary>
    /// From now on this is cut. IP fragments, which is what DPDK's library makes of UDP, are of the same size as our datagrams.
    /// </summary>
    public static void Take(DpdkProgram peer, SuperFrame frame)
    {
        string kind = frame.OuterL3 != 0 ? "vxlan" : (frame.State.GsoType & GsoType.UdpL4) != 0 ? "udp4" : "tcp4";
        peer.Tell(
            ["frame", kind, frame.OuterL2, frame.OuterL3, frame.L2, frame.L3, frame.L4, frame.LongestSegment, frame.Bytes.Length],
            [frame.Bytes]);
    }
}
