using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing.Synthesis.Flows;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Receive.Coalescing;

/// <summary>A burst of frames through a coalescer: what comes out of it, and that cutting it gives the frames back.</summary>
internal static class MergedFrames
{
    /// <summary>All kinds of merging, as far as tests want them.</summary>
    public static CoalescerOptions Everything { get; } = new() { UdpForwarding = true, RemoteChecksum = true, Mpls = true };

    /// <summary>How many frames each packet stands for that comes out, in order.</summary>
    public static int[] Counts(IEnumerable<byte[]> frames, CoalescerOptions? options = null) => [.. Of(frames, options).Select(merged => merged.Count)];

    /// <summary>What comes out, in order.</summary>
    public static List<(byte[] Bytes, OffloadState State, int Count)> Of(IEnumerable<byte[]> frames, CoalescerOptions? options = null)
    {
        using var pool = new PacketPool { TunnelPorts = PlainFrameOffload.Ports };
        using var coalescer = new Coalescer(options ?? Everything);
        using var ready = new PacketQueue();
        foreach (byte[] frame in frames)
            coalescer.Receive(pool.Rent(frame, default), ready);
        coalescer.Flush(ready);
        var merged = new List<(byte[], OffloadState, int)>();
        for (Packet? packet = ready.First; packet is not null; packet = packet.Next)
            merged.Add((Cutter.Bytes(packet), packet.Offload, packet.Offload.IsGso ? packet.Offload.GsoSegments : 1));
        ready.Clear();
        Assert.Equal((0, 0), (pool.OutstandingPackets, pool.OutstandingPages));
        return merged;
    }

    /// <summary>Fails unless cutting what is merged gives the frames back, in their order.</summary>
    public static void AssertRoundTrip(IEnumerable<byte[]> frames, CoalescerOptions? options = null)
    {
        using var run = new CoalescingRun(options ?? Everything);
        run.ReceiveAll(frames.Select(frame => new FlowFrame(0, frame)), new Random(1));
        Assert.True(run.Merged > 0, "none were merged");
    }
}
