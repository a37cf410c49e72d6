using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Segmentation;
using Wiretrue.Testing.Synthesis.Flows;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Receive.Coalescing;

/// <summary>
/// Frames through a coalescer and, at once, through segmentation: what comes out is judged as <see cref="FlowOrder"/> does, frame by frame.
/// </summary>
internal sealed class CoalescingRun : IDisposable
{
    private readonly Coalescer _coalescer;
    private readonly PacketQueue _ready = new();
    private readonly PacketQueue _segments = new();

    public CoalescingRun(CoalescerOptions options) => _coalescer = new Coalescer(options);

    /// <summary>Who lends the packets; it does not write down who rents each of so many.</summary>
    public PacketPool Pool { get; } = new() { TrackOwners = false, TunnelPorts = PlainFrameOffload.Ports };

    /// <summary>Leaves out of a frame what need not come back, in place; null when all of it must.</summary>
    public Action<byte[]>? Ignore { get; init; }

    /// <summary>What is expected, and judges what comes.</summary>
    public FlowOrder Order { get; } = new();

    /// <summary>Frames that went in.</summary>
    public long Frames { get; private set; }

    /// <summary>Super-frames that came out in between.</summary>
    public long SuperFrames { get; private set; }

    /// <summary>Frames that were in them.</summary>
    public long Merged { get; private set; }

    /// <summary>One frame arrives.</summary>
    public void Receive(FlowFrame frame, Random random) => Receive(frame, ReceivedPacket.Rent(Pool, random, frame.Bytes));

    /// <summary>One frame arrives, as a packet that holds it.</summary>
    public void Receive(FlowFrame frame, Packet packet)
    {
        Order.Expect(Ignore is null ? frame : frame with { Bytes = Without(frame.Bytes) });
        Frames++;
        _coalescer.Receive(packet, _ready);
        Judge();
    }

    /// <summary>A burst arrives, and nothing is held after it.</summary>
    public void ReceiveAll(IEnumerable<FlowFrame> frames, Random random)
    {
        foreach (FlowFrame frame in frames)
            Receive(frame, random);
        Flush();
    }

    /// <summary>The end of a batch: nothing may be missing.</summary>
    public void Flush()
    {
        _coalescer.Flush(_ready);
        Judge();
        Assert.Equal(0, Order.Outstanding);
        Assert.Equal((0, 0), (Pool.OutstandingPackets, Pool.OutstandingPages));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _coalescer.Dispose();
        _ready.Dispose();
        _segments.Dispose();
        Pool.Dispose();
    }

    private void Judge()
    {
        while (_ready.Dequeue() is { } packet)
        {
            using (packet)
            {
                if (packet.Offload.IsGso)
                    JudgeSegments(packet);
                else
                    Order.Arrive(Without(Cutter.Bytes(packet)));
            }
        }
    }

    private void JudgeSegments(Packet packet)
    {
        Assert.Equal(OffloadFault.None, packet.Offload.Check(packet.Length));
        DropReason reason = GenericSegmentation.Segment(packet, DeviceFeatures.None, _segments);
        if (reason != DropReason.None)
            Assert.Fail($"{packet.Offload} can't be cut: {reason}");
        Assert.Equal(packet.Offload.GsoSegments, _segments.Count);
        Assert.True(_segments.Count > 1, "a super-frame of one frame");
        SuperFrames++;
        Merged += _segments.Count;
        for (Packet? segment = _segments.First; segment is not null; segment = segment.Next)
            Order.Arrive(Without(Cutter.Bytes(segment)));
        _segments.Clear();
    }

    private byte[] Without(byte[] frame)
    {
        if (Ignore is null)
            return frame;
        byte[] rest = [.. frame];
        Ignore(rest);
        return rest;
    }
}
