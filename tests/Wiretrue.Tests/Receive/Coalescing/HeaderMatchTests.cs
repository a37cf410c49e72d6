using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Tests.Segmentation;

namespace Wiretrue.Tests.Receive.Coalescing;

/// <summary>The shortcut decides as the layers' files do: with it and without, the same comes out of the same frames.</summary>
public sealed class HeaderMatchTests
{
    [Fact]
    public void Every_bit_of_the_headers_that_is_flipped_is_seen_by_both()
    {
        (ushort, ushort)[] tags = [(0x8100, 5)];
        foreach (IPFields ip in (IPFields[])[new IPv4Fields(), new IPv6Fields()])
        {
            byte[][] frames = [.. Segment.InOrder(5, 200, ip, new TcpFields { Options = TcpFields.Timestamps }).Select(s => (s with { Tags = tags }).Build())];
            int headers = frames[0].Length - 200;
            for (int bit = 0; bit < headers * 8; bit++)
            {
                byte[] flipped = [.. frames[3]];
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                AssertSame([frames[0], frames[1], frames[2], flipped, frames[4]]);
            }
        }
    }

    [Fact]
    public void Every_field_that_is_changed_with_its_checksums_made_good_is_seen_by_both()
    {
        var random = new Random(11);
        for (int round = 0; round < LongRun.Times(600); round++)
        {
            bool isIPv6 = random.Next(2) == 0;
            IPFields ip = isIPv6 ? new IPv6Fields { FlowLabel = 5 } : new IPv4Fields { Id = (ushort)random.Next(65_000), DontFragment = random.Next(2) == 0 };
            var tcp = new TcpFields { Options = random.Next(2) == 0 ? TcpFields.Timestamps : [], Sequence = (uint)random.NextInt64(1L << 32) };
            bool hasFixedId = random.Next(3) == 0;
            List<Segment> segments = Segment.InOrder(random.Next(3, 12), random.Next(1, 400), ip, tcp);
            for (int i = 0; i < segments.Count; i++)
            {
                if (hasFixedId)
                    segments[i] = segments[i] with { IP = ip };
                if (random.Next(6) == 0)
                    segments[i] = Change(segments[i], random);
            }
            AssertSame([.. segments.Select(s => s.Build())]);
        }
    }

    [Fact]
    public void Flows_in_between_one_another_are_told_apart_by_both()
    {
        var random = new Random(12);
        for (int round = 0; round < LongRun.Times(60); round++)
        {
            Queue<byte[]>[] flows = [.. Enumerable.Range(0, random.Next(2, 20)).Select(flow => new Queue<byte[]>(
                Segment.InOrder(random.Next(1, 30), random.Next(60, 300), tcp: new TcpFields { SourcePort = (ushort)flow }).Select(s => s.Build())))];
            var frames = new List<byte[]>();
            while (flows.Any(flow => flow.Count > 0))
            {
                if (flows[random.Next(flows.Length)].TryDequeue(out byte[]? frame))
                    frames.Add(frame);
            }
            AssertSame(frames);
        }
    }

    [Theory]
    [InlineData(TcpFields.Cwr, 200)]
    [InlineData(0, 73)]
    public void It_is_not_taken_where_nothing_joins_and_for_frames_that_are_too_short(int flags, int size)
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(Segment.InOrder(1, size)[0].WithFlags(flags).Build(), default);
        var bucket = new FlowBucket(1);
        var arrival = new Arrival(packet, bucket, new CoalescerLimits(CoalescerOptions.Default));
        LinkCoalescing.Receive(ref arrival);
        Assert.False(bucket.Hold(arrival, hash: 0, now: 0).Match.IsLearned);
    }

    [Fact]
    public void It_is_taken_from_the_second_frame_on_and_forgotten_when_the_packet_goes()
    {
        using var pool = new PacketPool();
        Packet[] packets = [.. Segment.InOrder(4, 200).Select(segment => pool.Rent(segment.Build(), default))];
        var bucket = new FlowBucket(1);
        var limits = new CoalescerLimits(CoalescerOptions.Default);
        Assert.Null(Receive(packets[0]));
        HeldPacket held = bucket[0];
        Assert.True(held.Match.IsLearned);
        Assert.False(held.Match.TryJoin(held, packets[2], out _));
        Assert.True(held.Match.TryJoin(held, packets[1], out bool ends));
        Assert.False(ends);
        Assert.Same(held, Receive(packets[2]));
        Assert.True(held.Match.TryJoin(held, packets[3], out _));
        Assert.Equal((4, 800), (held.Count, held.PayloadLength));
        held.Release().Dispose();
        Assert.False(held.Match.IsLearned);

        HeldPacket? Receive(Packet packet)
        {
            var arrival = new Arrival(packet, bucket, limits);
            LinkCoalescing.Receive(ref arrival);
            if (arrival.Joined is null)
                bucket.Hold(arrival, hash: 0, now: 0);
            return arrival.Joined;
        }
    }

    private static Segment Change(Segment segment, Random random)
    {
        TcpFields tcp = segment.Tcp;
        return random.Next(14) switch
        {
            0 => segment.WithFlags(1 << random.Next(9)),
            1 => segment.WithFlags(TcpFields.Psh),
            2 => segment.WithFlags(TcpFields.Fin),
            3 => segment with { Tcp = tcp with { Window = (ushort)random.Next(3) } },
            4 => segment with { Tcp = tcp with { Acknowledgment = tcp.Acknowledgment + (uint)random.Next(2) } },
            5 => segment with { Tcp = tcp with { Sequence = tcp.Sequence + (uint)random.Next(-1, 2) } },
            6 => segment with { Tcp = tcp with { Checksum = FieldChecksum.Bad } },
            7 => segment with { Tcp = tcp with { UrgentPointer = 3 } },
            8 => segment with { Payload = Frames.Payload(random.Next(segment.Payload.Length + 3)) },
            9 => segment with { Padding = random.Next(1, 40) },
            10 => segment with { IP = segment.IP with { HopLimit = (byte)random.Next(63, 65) } },
            11 => segment with { IP = segment.IP with { TrafficClass = (byte)random.Next(4) } },
            12 when segment.IP is IPv4Fields ipv4 => segment with { IP = ipv4 with { Id = (ushort)(ipv4.Id + random.Next(-1, 2)) } },
            12 when segment.IP is IPv6Fields ipv6 => segment with { IP = ipv6 with { FlowLabel = random.Next(4, 6) } },
            _ => segment with { Tags = [(0x8100, (ushort)random.Next(2))] },
        };
    }

    private static void AssertSame(IEnumerable<byte[]> frames)
    {
        var options = new CoalescerOptions { Hashing = FlowHashing.None };
        byte[][] burst = [.. frames];
        List<(byte[] Bytes, OffloadState State)> with = Burst.Coalesce(burst, options);
        List<(byte[] Bytes, OffloadState State)> without = Burst.Coalesce(burst, options with { TakesShortcut = false });
        Assert.Equal(without.Select(r => r.State), with.Select(r => r.State));
        Assert.Equal(without.Select(r => r.Bytes), with.Select(r => r.Bytes));
    }
}
