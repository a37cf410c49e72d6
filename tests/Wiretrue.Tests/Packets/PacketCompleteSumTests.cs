using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Packets;

public sealed class PacketCompleteSumTests
{
    [Fact]
    public void The_sum_follows_when_bytes_are_pulled_pushed_and_trimmed()
    {
        var random = new Random(7);
        for (int round = 0; round < 500; round++)
        {
            using var pool = new PacketPool { TrackOwners = false };
            byte[] bytes = Frames.Payload(random.Next(60, 200), round + 1);
            int linear = random.Next(30, 60);
            using Packet packet = pool.Rent(bytes.AsSpan(0, linear), default);
            packet.AddFragment(new Page(bytes), linear, bytes.Length - linear);
            int start = random.Next(0, 20);
            packet.Offload = Summed(packet, start);

            int end = random.Next(start + 30, bytes.Length + 1);
            packet.Trim(end);
            AssertSum(bytes.AsSpan(start, end - start), packet);
            int pulled = random.Next(0, 30);
            packet.Pull(pulled);
            Assert.Equal(Math.Max(0, start - pulled), packet.Offload.ChecksumStart);
            AssertSum(bytes.AsSpan(Math.Max(start, pulled), end - Math.Max(start, pulled)), packet);
            packet.Push(5);
            Assert.Equal(Math.Max(0, start - pulled) + 5, packet.Offload.ChecksumStart);
            AssertSum(bytes.AsSpan(Math.Max(start, pulled), end - Math.Max(start, pulled)), packet);
        }
    }

    [Fact]
    public void Bytes_that_the_device_did_not_sum_end_it()
    {
        foreach (Action<PacketPool, Packet> add in (Action<PacketPool, Packet>[])[
            (_, packet) => packet.Put(1),
            (_, packet) => packet.AddFragment(new Page(new byte[4]), 0, 4),
            (pool, packet) => packet.AddToFragmentList(pool.Rent([1], default)),
            (_, packet) => packet.Trim(5)])
        {
            using var pool = new PacketPool();
            using Packet packet = pool.Rent(Frames.Payload(50), default);
            packet.Offload = Summed(packet, 14);
            add(pool, packet);
            Assert.Equal(default, packet.Offload);
        }
    }

    private static OffloadState Summed(Packet packet, int start) => new()
    {
        Checksum = ChecksumState.Complete,
        ChecksumStart = start,
        CompleteSum = packet.Sum(start, packet.Length - start),
    };

    /// <summary>0 and 0xFFFF are the same number to a one's complement sum.</summary>
    private static void AssertSum(ReadOnlySpan<byte> covered, Packet packet)
    {
        Assert.Equal(ChecksumState.Complete, packet.Offload.Checksum);
        Assert.Equal(PlainSum.Sum(covered) % 0xFFFF, packet.Offload.CompleteSum % 0xFFFF);
    }
}
