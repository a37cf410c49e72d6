using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Flows;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tests.Segmentation;
using Xunit.Abstractions;

namespace Wiretrue.Tests.Receive.Coalescing;

/// <summary>The segments of any super-frame that Linux would merge give that super-frame back: its bytes, and what it is owed.</summary>
public sealed class SuperFramePropertyTests(ITestOutputHelper output) : IDisposable
{
    private const int MaxDatagrams = 64;

    private readonly PacketPool _pool = new() { TrackOwners = false, TunnelPorts = PlainFrameOffload.Ports };
    private readonly PacketQueue _ready = new();

    [Theory]
    [InlineData(0, 71)]
    [InlineData(1, 72)]
    public void Segments_become_the_super_frame_that_they_were(int tunnels, int seed)
    {
        var random = new Random(seed);
        var source = new PlainFlowSource(random) { HasSpecialFlags = false };
        using var coalescer = new Coalescer(new CoalescerOptions { UdpForwarding = true, RemoteChecksum = true });
        int rounds = LongRun.Times(1_500);
        for (int round = 0; round < rounds; round++)
        {
            IReadOnlyList<PlainHeader> headers = source.NextHeaders(tunnels);
            var frame = new PlainFrame(headers, NextPayload(random, headers, out int size));
            try
            {
                Judge(coalescer, frame, size, random);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, round {round}: {frame}, cut by {size}", e);
            }
        }
        output.WriteLine($"{rounds} super-frames with {tunnels} tunnels");
    }

    public void Dispose()
    {
        _ready.Dispose();
        _pool.Dispose();
    }

    private void Judge(Coalescer coalescer, PlainFrame frame, int size, Random random)
    {
        int count = 0;
        foreach (byte[] segment in frame.Segments(size))
        {
            coalescer.Receive(ReceivedPacket.Rent(_pool, random, segment), _ready);
            count++;
        }
        coalescer.Flush(_ready);
        Assert.Equal(1, _ready.Count);
        using Packet merged = _ready.Dequeue()!;
        PropertyRun.AssertSame(Expected(frame), WithoutGreChecksum(frame, Cutter.Bytes(merged)));

        OffloadState owed = frame.Offload(size);
        OffloadState state = merged.Offload;
        Assert.Equal(owed.GsoType | AlsoCalled(frame), state.GsoType);
        Assert.Equal((size, count), (state.GsoSize, state.GsoSegments));
        Assert.Equal((ChecksumState.Partial, owed.ChecksumStart, owed.ChecksumOffset), (state.Checksum, state.ChecksumStart, state.ChecksumOffset));
        Assert.Equal(frame.Headers.OfType<PlainIP>().Count() > 1, state.IsEncapsulated);
    }

    private static byte[] NextPayload(Random random, IReadOnlyList<PlainHeader> headers, out int size)
    {
        // What is merged stays below 64 KiB.
        int room = 65_000 - headers.Sum(header => header.Length);
        bool isUdp = headers[^1] is PlainUdp;
        size = random.Next(1, random.Next(4) == 0 ? 9000 : 1500);
        int most = Math.Min(room / size, isUdp ? MaxDatagrams : 100);
        byte[] payload = new byte[random.Next(size + 1, (most * size) + 1)];
        random.NextBytes(payload);
        return payload;
    }

    /// <summary>A tunnel in UDP that is IP in IP at once is announced as both, as the device that put IP around IP would.</summary>
    private static GsoType AlsoCalled(PlainFrame frame)
    {
        GsoType type = GsoType.None;
        for (int i = 2; i < frame.Headers.Count; i++)
        {
            bool isInUdp = frame.Headers[i] is PlainIP && frame.Headers[i - 1] is PlainUdp or PlainGue;
            PlainIP? around = isInUdp ? frame.Headers.Take(i).OfType<PlainIP>().Last() : null;
            if (around is not null)
                type |= around.Fields is IPv4Fields ? GsoType.IPXIP4 : GsoType.IPXIP6;
        }
        return type;
    }

    private static byte[] Expected(PlainFrame frame) => WithoutGreChecksum(frame, frame.Build());

    /// <summary>What a GRE checksum field holds in a super-frame is nobody's business: merging leaves the first frame's, as in Linux.</summary>
    private static byte[] WithoutGreChecksum(PlainFrame frame, byte[] bytes)
    {
        for (int i = 0; i < frame.Headers.Count; i++)
        {
            if (frame.Headers[i] is PlainGre { HasChecksum: true })
                bytes.AsSpan(frame.OffsetOf(i) + 4, 2).Clear();
        }
        return bytes;
    }
}
