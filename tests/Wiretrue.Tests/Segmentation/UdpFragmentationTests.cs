using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Segmentation;

public sealed class UdpFragmentationTests
{
    private const uint Identification = 0x4917A74E;

    private static readonly UdpFields Owed = new() { Checksum = FieldChecksum.Partial };
    private static readonly UdpFields Good = new();

    [Theory]
    [InlineData(5000, 1480)]
    [InlineData(2952, 1480)]
    [InlineData(1473, 1480)]
    [InlineData(20, 8)]
    [InlineData(65_487, 1440)]
    public void A_datagram_becomes_fragments_with_one_checksum_in_the_first(int payloadLength, int gsoSize)
    {
        byte[] payload = Frames.Payload(payloadLength);
        AssertSame(Cutter.PlainFragments(new IPv4Fields(), Good, payload, gsoSize), Cut(new IPv4Fields(), Owed, payload, gsoSize));
        AssertSame(
            Cutter.PlainFragments(new IPv6Fields(), Good, payload, gsoSize, Identification), Cut(new IPv6Fields(), Owed, payload, gsoSize));
    }

    [Fact]
    public void All_fragments_have_the_IPv4_options_and_none_forbids_fragments()
    {
        byte[] payload = Frames.Payload(5000);
        var ip = new IPv4Fields { Id = 77, Options = [7, 7, 4, 0, 0, 0, 0, 1], DontFragment = true };
        List<byte[]> frames = Cut(ip, Owed, payload, 1472);
        AssertSame(Cutter.PlainFragments(ip, Good, payload, 1472), frames);
        Assert.All(frames, frame => Assert.Equal(77, BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(14 + 4))));
        Assert.All(frames, frame => Assert.Equal(0, frame[14 + 6] & 0x40));
    }

    [Theory]
    [InlineData(FieldChecksum.Zero)]
    [InlineData(FieldChecksum.Bad)]
    [InlineData(FieldChecksum.Good)]
    public void The_checksum_is_made_whatever_the_field_holds(FieldChecksum field)
    {
        byte[] payload = Frames.Payload(4000);
        byte[] frame = Frames.Ethernet(Frames.Udp(new IPv4Fields(), Good with { Checksum = field }, payload));
        List<byte[]> frames = Cutter.Cut(frame, new OffloadState { GsoType = GsoType.UdpFragmentation, GsoSize = 1480 });
        AssertSame(Cutter.PlainFragments(new IPv4Fields(), Good, payload, 1480), frames);
    }

    [Theory]
    [InlineData(30, 6)]
    [InlineData(42, 6)]
    [InlineData(34, 16)]
    public void Where_the_checksum_is_said_to_be_does_not_matter_as_it_is_made_anew(int start, ushort offset)
    {
        byte[] frame = Frames.Ethernet(Frames.Udp(new IPv4Fields(), Owed, Frames.Payload(4000)));
        OffloadState state = Cutter.State(GsoType.UdpFragmentation | GsoType.Dodgy, 1480, start) with { ChecksumOffset = offset };
        AssertSame(Cutter.PlainFragments(new IPv4Fields(), Good, Frames.Payload(4000), 1480), Cutter.Cut(frame, state));
    }

    [Fact]
    public void A_checksum_that_comes_out_as_zero_is_sent_as_all_ones()
    {
        byte[] payload = Frames.Payload(3000);
        payload.AsSpan(0, 2).Clear();
        byte[] first = Cutter.PlainFragments(new IPv4Fields(), Good, payload, 1480)[0];
        first.AsSpan(20 + 6, 2).CopyTo(payload);

        List<byte[]> frames = Cut(new IPv4Fields(), Owed, payload, 1480);
        Assert.Equal(0xFFFF, BinaryPrimitives.ReadUInt16BigEndian(frames[0].AsSpan(34 + 6)));
        AssertSame(Cutter.PlainFragments(new IPv4Fields(), Good, payload, 1480), frames);
    }

    [Fact]
    public void A_size_that_offsets_cannot_count_in_is_rounded_down()
    {
        byte[] payload = Frames.Payload(5000);
        AssertSame(Cutter.PlainFragments(new IPv4Fields(), Good, payload, 1472), Cut(new IPv4Fields(), Owed, payload, 1477));
    }

    [Fact]
    public void A_datagram_that_fits_goes_as_it_is_and_its_header_counts()
    {
        byte[] payload = Frames.Payload(1472);
        AssertSame(Cutter.PlainUdp(new IPv4Fields(), Good, payload, 1472), Cut(new IPv4Fields(), Owed, payload, 1480));
        Assert.Equal(2, Cut(new IPv4Fields(), Owed, Frames.Payload(1473), 1480).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public void A_fragment_header_comes_behind_options_for_the_way(byte number)
    {
        // RFC 8200 4.5, and Linux's habit of repeating destination options, too, when no routing header is there.
        byte[] payload = Frames.Payload(5000);
        var ip = new IPv6Fields { Extensions = [(number, [0, 0, 1, 4, 0, 0, 0, 0])] };
        AssertSame(Cutter.PlainFragments(ip, Good, payload, 1440, Identification), Cut(ip, Owed, payload, 1440));
    }

    [Fact]
    public void Destination_options_behind_a_routing_header_are_divided_with_the_datagram()
    {
        (byte, byte[]) routing = (43, [0, 0, 0, 0, 0, 0, 0, 0]);
        (byte, byte[]) options = (60, [0, 0, 1, 4, 0, 0, 0, 0]);
        byte[] payload = Frames.Payload(5000);
        List<byte[]> frames = Cut(new IPv6Fields { Extensions = [routing, options] }, Owed, payload, 1440);

        byte[] datagram = Frames.Udp(new IPv6Fields(), Good, payload)[40..];
        byte[] whole = [17, .. options.Item2.AsSpan(1), .. datagram];
        var expected = new List<byte[]>();
        for (int offset = 0; offset < whole.Length; offset += 1440)
        {
            bool isLast = offset + 1440 >= whole.Length;
            byte[] header = [0, 0, (byte)(offset >> 8), (byte)(offset | (isLast ? 0 : 1)), 0x49, 0x17, 0xA7, 0x4E];
            expected.Add(new IPv6Fields { Extensions = [routing, (44, header)] }.Wrap(60, whole.AsSpan(offset..Math.Min(whole.Length, offset + 1440))));
        }
        AssertSame(expected, frames);
    }

    [Fact]
    public void An_identification_that_is_not_given_is_drawn_and_shared()
    {
        byte[] frame = Frames.Ethernet(Frames.Udp(new IPv6Fields(), Owed, Frames.Payload(5000)));
        OffloadState state = Cutter.State(GsoType.UdpFragmentation, 1440, 54);
        uint[] first = [.. Cutter.Cut(frame, state).Select(Drawn).Distinct()];
        uint[] second = [.. Cutter.Cut(frame, state).Select(Drawn).Distinct()];
        Assert.Single(first);
        Assert.NotEqual(0U, first[0]);
        Assert.NotEqual(first, second);

        static uint Drawn(byte[] bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(14 + 40 + 4));
    }

    [Fact]
    public void Tags_in_front_stay_and_a_trailer_stays_behind_the_last()
    {
        byte[] payload = Frames.Payload(3000);
        (ushort, ushort)[] tags = [(0x88A8, 5), (0x8100, 0x2007)];
        byte[] frame = [.. Frames.Ethernet(Frames.Udp(new IPv4Fields(), Owed, payload), tags), 1, 2, 3];
        List<byte[]> frames = Cutter.Cut(frame, Cutter.State(GsoType.UdpFragmentation, 1480, 42));
        List<byte[]> expected = Cutter.PlainFragments(new IPv4Fields(), Good, payload, 1480).ConvertAll(packet => Frames.Ethernet(packet, tags));
        expected[^1] = [.. expected[^1], 1, 2, 3];
        Assert.Equal(expected.Select(Convert.ToHexString), frames.Select(Convert.ToHexString));
    }

    [Theory]
    [InlineData(FieldChecksum.Zero, GsoType.UdpTunnel)]
    [InlineData(FieldChecksum.Good, GsoType.UdpTunnelChecksum)]
    public void In_a_tunnel_each_fragment_gets_the_outer_headers_with_a_checksum_of_their_own(FieldChecksum outer, GsoType tunnel)
    {
        byte[] payload = Frames.Payload(5001);
        var underlay = new IPv4Fields { Id = 0xFFFF, Source = System.Net.IPAddress.Parse("198.51.100.1") };
        byte[] frame = Frames.Ethernet(Frames.Vxlan(underlay, outer, Frames.Ethernet(Frames.Udp(new IPv4Fields(), Owed, payload))));
        List<byte[]> frames = Cutter.Cut(frame, Cutter.State(GsoType.UdpFragmentation | tunnel, 1400, 50 + 34));
        List<byte[]> expected = Cutter.PlainFragments(new IPv4Fields(), Good, payload, 1400);
        AssertSame([.. expected.Select((packet, i) => Frames.Vxlan(Cutter.Numbered(underlay, i), outer, Frames.Ethernet(packet)))], frames);
    }

    [Fact]
    public void Fragments_point_into_the_datagram_and_owe_nothing()
    {
        byte[] frame = Frames.Ethernet(Frames.Udp(new IPv4Fields(), Owed, Frames.Payload(4000)));
        byte[] before = [.. frame];
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        var page = new Page(frame);
        TransmitPath.Validate(pool.Rent(page, 0, frame.Length, Cutter.State(GsoType.UdpFragmentation, 1480, 34)), NetDevice.Wire(), ready);
        int[] offsets = [42, 34 + 1480, 34 + 2960];
        int[] lengths = [1472, 1480, 1048];
        int index = 0;
        for (Packet? segment = ready.First; segment is not null; segment = segment.Next, index++)
        {
            Assert.Equal([new PageFragment(page, offsets[index], lengths[index])], segment.Fragments.ToArray());
            Assert.Equal(new OffloadState { Checksum = ChecksumState.Unnecessary }, segment.Offload);
        }
        Assert.Equal(3, index);
        Assert.Equal(4, page.References);
        ready.Clear();
        Assert.Equal(1, page.References);
        Assert.Equal(before, frame);
    }

    [Fact]
    public void A_datagram_that_was_snapped_is_divided_with_its_checksum_unknown()
    {
        byte[] whole = Frames.Ethernet(Frames.Udp(new IPv4Fields(), Owed, Frames.Payload(4000)));
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Packet packet = pool.Rent(whole.AsSpan(0, 2000), Cutter.State(GsoType.UdpFragmentation, 1480, 34));
        packet.MissingTail = whole.Length - 2000;
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), ready));
        Assert.Equal([1514, 1514, 34 + 1048], ready.Lengths());
        Assert.Equal(whole.AsSpan(40, 2), ready.First!.Linear.Slice(40, 2));
        Assert.Equal([0, 1480 - (2000 - 34 - 1480), 1048], ready.Missing());
        ready.Clear();
        Assert.Equal(0, pool.OutstandingPages);
    }

    [Fact]
    public void UDP_that_ends_before_its_packet_keeps_what_follows_out_of_the_checksum()
    {
        // RFC 9868: options in the surplus of the IP packet.
        byte[] udp = Frames.Udp(new IPv4Fields(), Good, Frames.Payload(2991))[20..];
        byte[] content = [.. udp, 1, 2, 3, 4, 5, 6, 7];
        List<byte[]> frames = Cutter.Cut(
            Frames.Ethernet(new IPv4Fields().Wrap(17, content)), new OffloadState { GsoType = GsoType.UdpFragmentation, GsoSize = 1480 });
        Assert.Equal(Convert.ToHexString(content), Convert.ToHexString([.. frames.SelectMany(f => f[34..])]));
    }

    [Fact]
    public void Random_datagrams_are_divided_as_plain_code_does_however_they_lie_in_memory()
    {
        var random = new Random(4);
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        for (int round = 0; round < 300; round++)
        {
            byte[] payload = new byte[random.Next(1, 20_000)];
            random.NextBytes(payload);
            IPFields ip = RandomIP(random);
            int gsoSize = 8 * random.Next(1 + (payload.Length / 800), 300);
            if (payload.Length + 8 <= gsoSize)
                continue;
            byte[] frame = Frames.Ethernet(Frames.Udp(ip, Owed, payload));
            OffloadState state = Cutter.State(GsoType.UdpFragmentation, gsoSize, 14 + ip.HeaderLength);
            Packet packet = ScatteredPacket.Rent(pool, random, frame, 14 + ip.HeaderLength + 8, state with { FragmentIdentification = Identification });
            Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), ready));
            List<byte[]> frames = ready.Frames();
            ready.Clear();
            AssertSame(Cutter.PlainFragments(ip, Good, payload, gsoSize, Identification), frames);
            Assert.Equal(0, pool.OutstandingPages);
        }
    }

    [Fact]
    public void Nothing_is_allocated_once_warm() =>
        Cutter.AssertNoAllocation(
            Frames.Ethernet(Frames.Udp(new IPv6Fields(), Owed, Frames.Payload(60_000))), Cutter.State(GsoType.UdpFragmentation, 1440, 54));

    private static IPFields RandomIP(Random random)
    {
        if (random.Next(2) == 0)
        {
            byte[] options = new byte[4 * random.Next(0, 11)];
            options.AsSpan().Fill(1);
            return new IPv4Fields { Id = (ushort)random.Next(65536), Options = options, DontFragment = random.Next(2) == 0 };
        }
        return new IPv6Fields { Extensions = random.Next(2) == 0 ? [] : [(0, [0, 0, 5, 2, 0, 0, 1, 0]), (60, [0, 0, 1, 4, 0, 0, 0, 0])] };
    }

    private static List<byte[]> Cut(IPFields ip, UdpFields udp, byte[] payload, int gsoSize) => Cutter.Cut(
        Frames.Ethernet(Frames.Udp(ip, udp, payload)),
        Cutter.State(GsoType.UdpFragmentation, gsoSize, 14 + ip.HeaderLength) with { FragmentIdentification = Identification });

    private static void AssertSame(List<byte[]> packets, List<byte[]> frames) =>
        Assert.Equal(packets.Select(packet => Convert.ToHexString(Frames.Ethernet(packet))), frames.Select(Convert.ToHexString));
}
