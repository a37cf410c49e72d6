using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Segmentation;
using Wiretrue.Testing;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tests.Segmentation;
using Xunit.Abstractions;

namespace Wiretrue.Tests.Receive.Coalescing;

/// <summary>
/// Frames whose headers lie, and frames that were cut off. Nothing throws, none is lost or doubled, and what is merged all the same can be cut into as
/// many frames of the same lengths. That these are the same to the byte can't be asked: Linux does not compare a tunnel's UDP length, or an urgent
/// pointer.
/// </summary>
public sealed class HostileTrafficTests(ITestOutputHelper output) : IDisposable
{
    private readonly PacketPool _pool = new() { TrackOwners = false, TunnelPorts = PlainFrameOffload.Ports };
    private readonly PacketQueue _ready = new();
    private readonly PacketQueue _segments = new();
    private long _merged;

    [Theory]
    [InlineData(0, 91)]
    [InlineData(1, 92)]
    [InlineData(2, 93)]
    public void What_lies_is_neither_lost_nor_doubled(int tunnels, int seed)
    {
        var random = new Random(seed);
        var source = new PlainFrameSource(random);
        using var coalescer = new Coalescer(new CoalescerOptions { UdpForwarding = true, RemoteChecksum = true, Mpls = true });
        long frames = 0;
        int bursts = LongRun.Times(500);
        for (int i = 0; i < bursts; i++)
        {
            var lengths = new List<int>();
            PlainFrame frame = source.Next(tunnels);
            int size = Math.Max(source.NextSize(frame), (frame.Payload.Length + 49) / 50);
            (int At, byte Bits) lie = NextLie(random, frame);
            foreach (byte[] segment in frame.Segments(size))
            {
                byte[] bytes = Mutate(random, frame, segment);
                if (lie.At < bytes.Length)
                    bytes[lie.At] ^= lie.Bits;
                lengths.Add(bytes.Length);
                coalescer.Receive(ReceivedPacket.Rent(_pool, random, bytes), _ready);
            }
            coalescer.Flush(_ready);
            frames += lengths.Count;
            Assert.Equal(lengths.Order(), Taken(frame).Order());
            Assert.Equal((0, 0), (_pool.OutstandingPackets, _pool.OutstandingPages));
        }
        output.WriteLine($"{frames} frames, {_merged} of them merged");
        Assert.True(_merged > 0 || tunnels == 2, "none were merged");
    }

    public void Dispose()
    {
        _ready.Dispose();
        _segments.Dispose();
        _pool.Dispose();
    }

    /// <summary>The lengths of the frames that come out, super-frames being cut.</summary>
    private List<int> Taken(PlainFrame frame)
    {
        var lengths = new List<int>();
        while (_ready.Dequeue() is { } packet)
        {
            using (packet)
            {
                if (!packet.Offload.IsGso)
                {
                    lengths.Add(packet.Length);
                    continue;
                }
                DropReason reason = GenericSegmentation.Segment(packet, DeviceFeatures.None, _segments);
                if (reason != DropReason.None || packet.Offload.Check(packet.Length) != OffloadFault.None)
                    Assert.Fail($"{frame}: {packet.Offload} can't be cut: {reason}; {Convert.ToHexString(Cutter.Bytes(packet).AsSpan(0, 160))}");
                Assert.Equal(packet.Offload.GsoSegments, _segments.Count);
                _merged += _segments.Count;
                lengths.AddRange(_segments.Lengths());
                _segments.Clear();
            }
        }
        return lengths;
    }

    /// <summary>Often all frames tell the same lie, in a tunnel's header, so that they are alike.</summary>
    private static (int At, byte Bits) NextLie(Random random, PlainFrame frame)
    {
        int[] tunnels = [.. Enumerable.Range(1, frame.Headers.Count - 2).Where(i => frame.Headers[i] is not PlainIP)];
        if (tunnels.Length == 0 || random.Next(2) == 0)
            return (int.MaxValue, 0);
        int header = tunnels[random.Next(tunnels.Length)];
        return (frame.OffsetOf(header) + random.Next(frame.Headers[header].Length), (byte)(1 << random.Next(8)));
    }

    private static byte[] Mutate(Random random, PlainFrame frame, byte[] segment)
    {
        switch (random.Next(8))
        {
            case 0:
                return segment[..random.Next(1, segment.Length + 1)];
            case < 4:
                byte[] flipped = [.. segment];
                for (int flips = random.Next(1, 4); flips > 0; flips--)
                    flipped[random.Next(Math.Min(frame.HeaderLength, segment.Length))] ^= (byte)(1 << random.Next(8));
                return flipped;
            default:
                return segment;
        }
    }
}
