using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Transmit;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

/// <summary>Tunnels in one another: two around a super-frame that stays whole, and more around one that is cut before.</summary>
public sealed class TunnelLevelsTests
{
    private const int GsoSize = 997;

    private static readonly IPFields V4 = new IPv4Fields { DontFragment = false };
    private static readonly IPFields V6 = new IPv6Fields();
    private static readonly PlainEthernet Frame = new();
    private static readonly PlainFrame Inner = new([Frame, new PlainIP(new IPv4Fields()), new PlainTcp(new TcpFields())], Frames.Payload(4321));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_super_frame_goes_whole_through_two_tunnels(bool hasChecksum)
    {
        Level[] levels = [Vxlan(hasChecksum), Geneve(hasChecksum)];
        Assert.Equal(Built(levels, Inner), Send(levels, isWhole: true));
    }

    [Fact]
    public void Only_two_header_levels_are_supported_so_a_third_tunnel_cuts_the_super_frame_before()
    {
        Level[] levels = [Vxlan(true), Geneve(true), Vxlan(true)];
        Assert.Equal(Built(levels, Inner), Send(levels, isWhole: false));
    }

    [Fact]
    public void Two_tunnels_of_which_one_has_a_checksum_are_more_than_the_type_says_so_the_second_cuts_it()
    {
        Level[] levels = [Vxlan(false), Geneve(true)];
        Assert.Equal(Built(levels, Inner), Send(levels, isWhole: false));
    }

    /// <summary>Local checksum offload, three levels deep: all outer checksums verify once the innermost is completed.</summary>
    [Fact]
    public void Nested_local_checksum_offload_makes_all_outer_checksums_right()
    {
        Level[] levels = [Vxlan(true), Geneve(true), Vxlan(true)];
        PlainFrame single = Inner with { Payload = Frames.Payload(700) };
        using var pool = new PacketPool();
        Packet packet = pool.Rent(single.Build(), single.Offload(GsoSize) with { GsoSize = 0, GsoType = GsoType.None });
        foreach (Level level in levels)
        {
            Encapsulator encapsulator = level.Tunnel.CreateEncapsulator();
            encapsulator.NextIdentification = 1;
            Assert.Equal(DropReason.None, encapsulator.Encapsulate(packet));
        }
        Assert.Equal(ChecksumState.Partial, packet.Offload.Checksum);
        Assert.True(packet.Offload.IsEncapsulated);
        packet.Linearize();
        PartialChecksum.Complete(packet.Linear, packet.Offload.ChecksumStart, packet.Offload.ChecksumOffset);
        Assert.Equal(Built(levels, single).Single(), TunnelJudge.Hex(packet));
        packet.Dispose();
    }

    [Fact]
    public void Taking_the_outer_tunnel_off_leaves_the_inner_one_named()
    {
        Level[] levels = [Vxlan(true), Geneve(true)];
        PlainFrame inside = Inner with { Headers = [.. levels[0].Headers, .. Inner.Headers] };
        PlainFrame whole = inside with { Headers = [.. levels[1].Headers, .. inside.Headers] };
        using var pool = new PacketPool();
        Packet packet = pool.Rent(whole.Build(), whole.Offload(GsoSize));
        Assert.True(TunnelJudge.Turned(levels[1].Tunnel).CreateDecapsulator().Decapsulate(packet).IsDone);
        Assert.Equal(Convert.ToHexString(inside.Build()), TunnelJudge.Hex(packet));
        Assert.Equal(inside.Offload(GsoSize), packet.Offload);
        Assert.True(packet.Offload.IsEncapsulated);
        Assert.True(TunnelJudge.Turned(levels[0].Tunnel).CreateDecapsulator().Decapsulate(packet).IsDone);
        Assert.Equal(Inner.Offload(GsoSize), packet.Offload);
        packet.Dispose();
    }

    [Fact]
    public void Identifications_that_stay_the_same_are_the_inner_headers_once_there_is_an_outer_one()
    {
        using var pool = new PacketPool();
        OffloadState state = Inner.Offload(GsoSize);
        Packet packet = pool.Rent(Inner.Build(), state with { GsoType = state.GsoType | GsoType.TcpFixedId });
        Assert.Equal(DropReason.None, Vxlan(true).Tunnel.CreateEncapsulator().Encapsulate(packet));
        Assert.Equal(GsoType.TcpV4 | GsoType.UdpTunnelChecksum | GsoType.TcpFixedIdInner, packet.Offload.GsoType);
        Assert.True(TunnelJudge.Turned(Vxlan(true).Tunnel).CreateDecapsulator().Decapsulate(packet).IsDone);
        Assert.Equal(GsoType.TcpV4 | GsoType.TcpFixedId, packet.Offload.GsoType);
        packet.Dispose();
    }

    [Fact]
    public void A_CRC32c_is_finished_before_since_no_outer_sum_can_count_on_it()
    {
        byte[] good = Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Good, Frames.Payload(100)));
        byte[] owed = Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Zero, Frames.Payload(100)));
        using var pool = new PacketPool();
        Packet packet = pool.Rent(
            owed, new OffloadState { Checksum = ChecksumState.Partial, ChecksumIsCrc32C = true, ChecksumStart = 34, ChecksumOffset = 8 });
        Assert.Equal(DropReason.None, Vxlan(true).Tunnel.CreateEncapsulator().Encapsulate(packet));
        Assert.EndsWith(Convert.ToHexString(good), TunnelJudge.Hex(packet), StringComparison.Ordinal);
        Assert.Equal((34, 6, false), (packet.Offload.ChecksumStart, packet.Offload.ChecksumOffset, packet.Offload.ChecksumIsCrc32C));
        packet.Dispose();
    }

    [Fact]
    public void What_a_tunnel_does_not_carry_is_given_back()
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        var tunnel = new GueTunnel { Local = V4.Source, Remote = V4.Destination };
        Assert.Equal(DropReason.TunnelInnerUnsupported, tunnel.CreateEncapsulator().Encapsulate(pool.Rent(Inner.Build(), default), ready));
        Assert.Equal(0, ready.Count);
        Assert.Equal(0, pool.OutstandingPackets);
    }

    private static Level Vxlan(bool hasChecksum) => new(
        [Frame, new PlainIP(V4), Udp(hasChecksum), new PlainVxlan(66)],
        new VxlanTunnel
        {
            Local = V4.Source,
            Remote = V4.Destination,
            Link = TunnelJudge.Link,
            NetworkIdentifier = 66,
            SourcePorts = SourcePortRange.Only(40000),
            UdpChecksum = hasChecksum,
        });

    private static Level Geneve(bool hasChecksum) => new(
        [Frame, new PlainIP(V6), Udp(hasChecksum), new PlainGeneve(9, [])],
        new GeneveTunnel
        {
            Local = V6.Source,
            Remote = V6.Destination,
            Link = TunnelJudge.Link,
            NetworkIdentifier = 9,
            SourcePorts = SourcePortRange.Only(40000),
            ZeroChecksum6Transmit = !hasChecksum,
            ZeroChecksum6Receive = !hasChecksum,
        });

    private static PlainUdp Udp(bool hasChecksum) => new(new UdpFields { Checksum = hasChecksum ? FieldChecksum.Good : FieldChecksum.Zero });

    /// <summary>The segments by plain code: headers are numbered one by one, whether the packet was cut before they came or after.</summary>
    private static List<string> Built(Level[] levels, PlainFrame inner)
    {
        PlainFrame whole = inner with { Headers = [.. levels.Reverse().SelectMany(level => level.Headers), .. inner.Headers] };
        return [.. whole.Segments(GsoSize).Select(Convert.ToHexString)];
    }

    private static List<string> Send(Level[] levels, bool isWhole)
    {
        using var pool = new PacketPool();
        using var queue = new PacketQueue();
        using var ready = new PacketQueue();
        queue.Enqueue(pool.Rent(Inner.Build(), Inner.Offload(GsoSize)));
        foreach (Level level in levels)
        {
            Encapsulator encapsulator = level.Tunnel.CreateEncapsulator();
            encapsulator.NextIdentification = 1;
            for (int i = queue.Count; i > 0; i--)
                Assert.Equal(DropReason.None, encapsulator.Encapsulate(queue.Dequeue()!, queue));
        }
        Assert.Equal(isWhole, queue.Count == 1);
        List<string> sent = [];
        while (queue.Dequeue() is { } packet)
            Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), ready));
        for (Packet? frame = ready.First; frame is not null; frame = frame.Next)
            sent.Add(TunnelJudge.Hex(frame));
        ready.Clear();
        Assert.Equal(0, pool.OutstandingPackets);
        Assert.Equal(0, pool.OutstandingPages);
        return sent;
    }

    private sealed record Level(PlainHeader[] Headers, Tunnel Tunnel);
}
