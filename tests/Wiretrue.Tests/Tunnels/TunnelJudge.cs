using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Transmit;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

/// <summary>
/// Holds a tunnel against plain code: what goes in is a <see cref="PlainFrame"/>, and what comes out is to be the one with the outer headers
/// before it; whole, cut, completed, and taken out again.
/// </summary>
internal static class TunnelJudge
{
    /// <summary>The Ethernet header of <see cref="PlainEthernet"/>, as tunnels are told of it.</summary>
    public static EthernetHeaderFields Link { get; } = new(0x02000000000B, 0x02000000000A, 0);

    /// <summary>The other end of a tunnel.</summary>
    public static Tunnel Turned(Tunnel tunnel) => tunnel with { Local = tunnel.Remote, Remote = tunnel.Local };

    /// <summary>Encapsulates <paramref name="inner"/> as a super-frame, as one packet with a checksum owed, and as one that is complete.</summary>
    /// <param name="tunnel">The tunnel, which sends from source port 40000.</param>
    /// <param name="outer">The headers that it puts in front.</param>
    /// <param name="inner">What goes in.</param>
    /// <param name="size">Payload per segment.</param>
    public static void AssertSends(Tunnel tunnel, PlainHeader[] outer, PlainFrame inner, int size)
    {
        PlainFrame whole = inner with { Headers = [.. outer, .. inner.Headers] };
        PlainFrame single = whole with { Payload = inner.Payload[..Math.Min(size, inner.Payload.Length)] };
        PlainFrame innerSingle = inner with { Payload = single.Payload };
        byte[][] sent = [.. single.Segments(size)];

        Assert.Equal(whole.Segments(size).Select(Convert.ToHexString), Send(tunnel, whole, inner, inner.Build(), inner.Offload(size)));
        OffloadState owed = inner.Offload(size) with { GsoSize = 0, GsoType = GsoType.None };
        Assert.Equal(sent.Select(Convert.ToHexString), Send(tunnel, whole, inner, innerSingle.Build(), owed));
        if (!whole.HasRemoteChecksum)
            Assert.Equal(sent.Select(Convert.ToHexString), Send(tunnel, whole, inner, innerSingle.Segments(size).Single(), default));
    }

    /// <summary>Takes the inner packet out of each of the forms in which it may come.</summary>
    public static void AssertReceives(Tunnel tunnel, PlainHeader[] outer, PlainFrame inner, int size)
    {
        PlainFrame whole = inner with { Headers = [.. outer, .. inner.Headers] };
        byte[][] frames = [.. whole.Segments(size)];
        byte[][] insides = [.. inner.Segments(size)];
        using var pool = new PacketPool();
        Decapsulator decapsulator = tunnel.CreateDecapsulator();
        for (int i = 0; i < frames.Length; i++)
        {
            Packet packet = Rent(pool, whole, frames[i], default);
            Assert.Equal(default, decapsulator.Decapsulate(packet).Fault);
            // What was left to the receiver is owed still.
            if (packet.Offload.Checksum == ChecksumState.Partial)
                Assert.Equal(DropReason.None, PartialChecksum.Complete(packet));
            Assert.Equal(Convert.ToHexString(insides[i]), Hex(packet));
            Assert.Equal(inner.Headers[0] is PlainEthernet ? LinkType.Ethernet : LinkType.Raw, packet.LinkType);
            packet.Dispose();
        }
        Packet merged = Rent(pool, whole, whole.Build(), whole.Offload(size));
        Assert.Equal(default, decapsulator.Decapsulate(merged).Fault);
        Assert.Equal(Convert.ToHexString(inner.Build()), Hex(merged));
        Assert.Equal(inner.Offload(size), merged.Offload);
        merged.Dispose();
        Assert.Equal(0, pool.OutstandingPackets);
        Assert.Equal(0, pool.OutstandingPages);
    }

    /// <summary>All bytes of a packet.</summary>
    public static string Hex(Packet packet)
    {
        byte[] bytes = new byte[packet.Length];
        packet.CopyTo(bytes);
        return Convert.ToHexString(bytes);
    }

    private static Packet Rent(PacketPool pool, PlainFrame of, byte[] bytes, in OffloadState state)
    {
        Packet packet = pool.Rent(bytes, state);
        packet.LinkType = of.Headers[0] is PlainEthernet ? LinkType.Ethernet : LinkType.Raw;
        return packet;
    }

    private static List<string> Send(Tunnel tunnel, PlainFrame whole, PlainFrame insides, byte[] inner, in OffloadState state)
    {
        using var pool = new PacketPool { TunnelPorts = PlainFrameOffload.Ports };
        using var ready = new PacketQueue();
        Encapsulator encapsulator = tunnel.CreateEncapsulator();
        encapsulator.NextIdentification = 1;
        Packet packet = Rent(pool, insides, inner, state);
        Assert.Equal(DropReason.None, encapsulator.Encapsulate(packet));
        if (state.IsGso)
            Assert.Equal(Convert.ToHexString(whole.Build()), Hex(packet));
        Assert.Equal(DropReason.None, TransmitPath.Validate(packet, NetDevice.Wire(), ready));
        List<string> sent = [];
        for (Packet? frame = ready.First; frame is not null; frame = frame.Next)
            sent.Add(Hex(frame));
        ready.Clear();
        Assert.Equal(0, pool.OutstandingPackets);
        Assert.Equal(0, pool.OutstandingPages);
        return sent;
    }
}
