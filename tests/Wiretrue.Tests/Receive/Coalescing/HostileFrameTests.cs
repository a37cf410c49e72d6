using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Receive.Coalescing;

/// <summary>Whatever the bytes are, nothing is thrown and no byte of a frame that joins nothing is changed.</summary>
public sealed class HostileFrameTests
{
    [Fact]
    public void Frames_that_were_cut_off_or_written_over_come_out()
    {
        var random = new Random(21);
        var source = new PlainFrameSource(random);
        var options = new CoalescerOptions { UdpForwarding = true, FragmentLists = false, MaxSize = 100_000, MaxIPv4Size = 100_000 };
        using var pool = new PacketPool { TrackOwners = false };
        using var coalescer = new Coalescer(options);
        using var ready = new PacketQueue();
        int sent = 0;
        for (int round = 0; round < LongRun.Times(300); round++)
        {
            PlainFrame frame = source.Next(random.Next(3));
            foreach (byte[] segment in frame.Segments(source.NextSize(frame)).Take(6))
            {
                Packet packet = pool.Rent(Spoiled(segment, random), NextState(random));
                packet.LinkType = random.Next(10) == 0 ? LinkType.Raw : LinkType.Ethernet;
                coalescer.Receive(packet, ready);
                sent++;
            }
            if (random.Next(3) == 0)
                coalescer.Flush(ready);
        }
        coalescer.Flush(ready);
        Assert.Equal(sent, ready.Packets().Sum(packet => Math.Max(1, packet.Offload.GsoSegments)));
        Assert.All(ready.Packets(), packet => Assert.Equal(OffloadFault.None, packet.Offload.Check(packet.Length)));
        ready.Clear();
        Assert.Equal((0, 0), (pool.OutstandingPackets, pool.OutstandingPages));
    }

    [Fact]
    public void Every_length_that_a_frame_is_cut_off_at_is_survived()
    {
        var random = new Random(22);
        var source = new PlainFrameSource(random);
        for (int round = 0; round < 30; round++)
        {
            PlainFrame frame = source.Next(round % 3);
            byte[] whole = frame.Segments(source.NextSize(frame)).First();
            for (int length = 0; length < Math.Min(whole.Length, frame.HeaderLength + 2); length++)
                Assert.Equal(whole[..length], Assert.Single(Burst.Coalesce([whole[..length]], new CoalescerOptions { UdpForwarding = true })).Bytes);
        }
    }

    private static byte[] Spoiled(byte[] frame, Random random)
    {
        byte[] spoiled = random.Next(4) == 0 ? frame[..random.Next(frame.Length + 1)] : [.. frame];
        for (int i = random.Next(3); i > 0 && spoiled.Length > 0; i--)
            spoiled[random.Next(Math.Min(spoiled.Length, 120))] = (byte)random.Next(256);
        return spoiled;
    }

    private static OffloadState NextState(Random random) => random.Next(4) switch
    {
        0 => new OffloadState { Checksum = ChecksumState.Unnecessary, ChecksumLevel = (byte)random.Next(4) },
        1 => new OffloadState { VlanProtocol = 0x8100, VlanTci = (ushort)random.Next(3) },
        _ => default,
    };
}
