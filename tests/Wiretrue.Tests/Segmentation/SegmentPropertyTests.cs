using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis.Reception;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Transmit;
using Xunit.Abstractions;

namespace Wiretrue.Tests.Segmentation;

/// <summary>
/// What holds for every super-frame, whatever its headers and however it lies in memory: the segments carry its payload, all of it and
/// once; numbers, lengths and flags follow the rules; a receiver finds every checksum right; no page is lost.
/// </summary>
public sealed class SegmentPropertyTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("WIRETRUE_LONG") is { Length: > 0 } ? 250_000 : 12_000;

    private readonly PacketPool _pool = new();
    private readonly PacketQueue _ready = new();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    [InlineData(1, 4)]
    public void Segments_are_what_a_receiver_expects(int tunnels, int seed)
    {
        var random = new Random(seed);
        var source = new PlainFrameSource(random);
        int segments = 0;
        for (int round = 0; round < Rounds; round++)
        {
            PlainFrame frame = source.Next(tunnels);
            int size = source.NextSize(frame);
            try
            {
                segments += Judge(frame, size, random);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, round {round}, cut by {size}: {frame}", e);
            }
        }
        output.WriteLine($"{Rounds} super-frames, {segments} segments");
    }

    public void Dispose()
    {
        _ready.Dispose();
        _pool.Dispose();
    }

    private int Judge(PlainFrame frame, int size, Random random)
    {
        byte[] bytes = frame.Build();
        Packet packet = ScatteredPacket.Rent(_pool, random, bytes, frame.HeaderLength, frame.Offload(size));
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), _ready));

        int count = _ready.Count;
        Assert.Equal(Math.Max(1, (frame.Payload.Length + size - 1) / size), count);
        int offset = 0;
        foreach (byte[] expected in frame.Segments(size))
        {
            using Packet segment = _ready.Dequeue()!;
            byte[] actual = Cutter.Bytes(segment);
            if (!actual.AsSpan().SequenceEqual(expected))
                Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(actual));
            Assert.Equal(default, segment.Offload);
            offset += Receive(frame, actual, offset, size);
        }
        Assert.Equal(frame.Payload.Length, offset);
        Assert.Equal(0, _pool.OutstandingPackets);
        Assert.Equal(0, _pool.OutstandingPages);
        return count;
    }

    /// <summary>Takes a segment apart; returns how many bytes of payload it carries.</summary>
    private static int Receive(PlainFrame frame, byte[] segment, int offset, int size)
    {
        PlainReceipt receipt = PlainReceiver.Receive(segment);
        Assert.Equal(frame.HeaderLength, receipt.HeaderLength);
        Assert.True(receipt.Payload.Length <= size, "longer than the segment size");
        Assert.True(receipt.Payload.Span.SequenceEqual(frame.Payload.AsSpan(offset, receipt.Payload.Length)), "another payload");
        if (frame.Transport is PlainTcp tcp)
            Assert.Equal(tcp.Fields.Sequence + (uint)offset, receipt.Sequence);
        return receipt.Payload.Length;
    }
}
