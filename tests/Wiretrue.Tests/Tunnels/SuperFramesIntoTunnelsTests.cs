using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Transmit;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

public sealed class SuperFramesIntoTunnelsTests
{
    private const int Size = 700;

    private static readonly PlainEthernet Frame = new();
    private static readonly PlainFrame Tcp = new([Frame, new PlainIP(new IPv4Fields()), new PlainTcp(new TcpFields())], Frames.Payload(5000));

    [Fact]
    public void Frames_that_are_numbered_are_cut_first_and_numbered_one_by_one()
    {
        GreTunnel gre = (GreTunnel)NetworkTunnelTests.Make("gretap csum key", overV6: true) with { };
        var tunnel = gre with { HasSequence = true };
        List<byte[]> sent = SendAll(tunnel, Tcp, out DropReason reason);
        Assert.Equal(DropReason.None, reason);
        byte[][] inner = [.. Tcp.Segments(Size)];
        Assert.Equal(inner.Length, sent.Count);
        for (int i = 0; i < inner.Length; i++)
        {
            PlainHeader[] outer = [Frame, new PlainIP(new IPv6Fields()), new PlainGre(true, gre.Key, (uint)i)];
            Assert.Equal(Convert.ToHexString(Wrap(outer, inner[i])), Convert.ToHexString(sent[i]));
        }
    }

    [Fact]
    public void What_can_go_in_whole_stays_whole()
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        Assert.Equal(DropReason.None, NetworkTunnelTests.Make("gretap", false).CreateEncapsulator().Encapsulate(pool.Rent(Tcp.Build(), Tcp.Offload(Size)), ready));
        Assert.Equal(1, ready.Count);
        Assert.Equal(GsoType.TcpV4 | GsoType.Gre, ready.First!.Offload.GsoType);
    }

    /// <summary>A third tunnel, and a second of a kind that has a checksum where the first has none.</summary>
    [Theory]
    [InlineData("gretap", "gretap")]
    [InlineData("gretap csum key", "")]
    public void A_tunnel_more_than_can_be_told_of_makes_segments_of_them(string second, string third)
    {
        string[] kinds = third.Length == 0 ? ["gretap", second] : ["gretap", second, third];
        using var pool = new PacketPool();
        using var wire = new PacketQueue();
        using var ready = new PacketQueue();
        ready.Enqueue(pool.Rent(Tcp.Build(), Tcp.Offload(Size)));
        foreach (string kind in kinds)
        {
            Encapsulator encapsulator = NetworkTunnelTests.Make(kind, false).CreateEncapsulator();
            for (int count = ready.Count; count > 0; count--)
                Assert.Equal(DropReason.None, encapsulator.Encapsulate(ready.Dequeue()!, ready));
        }
        byte[][] inner = [.. Tcp.Segments(Size)];
        Assert.Equal(inner.Length, ready.Count);
        Assert.Equal(0, TransmitPath.Validate(ready, NetDevice.Wire(), wire));
        for (int i = 0; i < inner.Length; i++)
        {
            using Packet packet = wire.Dequeue()!;
            foreach (string kind in Enumerable.Reverse(kinds))
                Assert.True(NetworkTunnelTests.Turned(NetworkTunnelTests.Make(kind, false)).CreateDecapsulator().Decapsulate(packet).IsDone);
            Assert.Equal(Convert.ToHexString(inner[i]), TunnelJudge.Hex(packet));
        }
    }

    /// <summary>One of them is refused, so all are: nothing is added, and nothing is lost to the pool.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Segments_that_are_refused_leave_the_queue_as_it_was(bool isEmpty)
    {
        GreTunnel tunnel = (GreTunnel)NetworkTunnelTests.Make("gretap", true) with { PathMtu = 600 };
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        if (!isEmpty)
            ready.Enqueue(pool.Rent([1, 2, 3], default));
        (Packet? last, int count) = (ready.Last, ready.Count);
        Assert.Equal(
            DropReason.TunnelPacketTooLong, (tunnel with { HasSequence = true }).CreateEncapsulator().Encapsulate(pool.Rent(Tcp.Build(), Tcp.Offload(Size)), ready));
        Assert.Equal((count, count), (ready.Count, pool.OutstandingPackets));
        Assert.Same(last, ready.Last);
        Assert.Equal(isEmpty, ready.First is null);
    }

    private static byte[] Wrap(PlainHeader[] outer, byte[] inner) =>
        new PlainFrame([.. outer, new PlainEthernet(), new PlainOpaque()], inner[14..]).Segments(int.MaxValue / 2).Single();

    private static List<byte[]> SendAll(Tunnel tunnel, PlainFrame frame, out DropReason reason)
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        using var wire = new PacketQueue();
        reason = tunnel.CreateEncapsulator().Encapsulate(pool.Rent(frame.Build(), frame.Offload(Size)), ready);
        Assert.Equal(0, TransmitPath.Validate(ready, NetDevice.Wire(), wire));
        List<byte[]> sent = [];
        for (Packet? packet = wire.First; packet is not null; packet = packet.Next)
            sent.Add(Convert.FromHexString(TunnelJudge.Hex(packet)));
        return sent;
    }

    /// <summary>An IPv4 packet that is a payload.</summary>
    private sealed record PlainOpaque : PlainHeader
    {
        public override int Length => 0;

        public override ushort EtherType => 0x0800;

        public override byte[] Wrap(byte[] content, HeaderPlace place) => content;
    }
}
