using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

/// <summary>Whatever bytes come, a tunnel takes a packet out or says why not, and leaves it as it was then.</summary>
public sealed class HostileTunnelTests
{
    /// <summary>More than any tunnel's headers and the inner ones.</summary>
    private const int Headers = 180;

    private static readonly PlainFrame Inner =
        new([new PlainEthernet(), new PlainIP(new IPv6Fields { TrafficClass = 2 }), new PlainTcp(new TcpFields())], Frames.Payload(200));

    public static TheoryData<string, bool> Kinds => TunnelIdentityTests.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Cut_short_anywhere(string kind, bool overV6)
    {
        using var pool = new PacketPool { TrackOwners = false };
        Tunnel tunnel = AnyTunnel.Make(kind, overV6, new Random(1));
        byte[] whole = Send(pool, tunnel, out LinkType linkType);
        foreach (bool isExternal in (bool[])[false, true])
        {
            Decapsulator decapsulator = (NetworkTunnelTests.Turned(tunnel) with { IsExternal = isExternal }).CreateDecapsulator();
            for (int length = 0; length < Math.Min(Headers, whole.Length); length++)
            {
                // Both a packet that ends there, and one of which no more was captured.
                Take(pool, decapsulator, whole.AsSpan(0, length), linkType, default, missing: 0);
                Take(pool, decapsulator, whole.AsSpan(0, length), linkType, default, missing: whole.Length - length);
            }
        }
        Assert.Equal((0, 0), (pool.OutstandingPackets, pool.OutstandingPages));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void With_any_bytes_changed(string kind, bool overV6)
    {
        var random = new Random(2);
        using var pool = new PacketPool { TrackOwners = false };
        int taken = 0;
        for (int round = 0; round < LongRun.Times(40); round++)
        {
            Tunnel tunnel = AnyTunnel.Make(kind, overV6, random);
            byte[] whole = Send(pool, tunnel, out LinkType linkType);
            Decapsulator decapsulator = (NetworkTunnelTests.Turned(tunnel) with { IsExternal = random.Next(2) == 0 }).CreateDecapsulator();
            for (int i = 0; i < 50; i++)
            {
                byte[] bytes = [.. whole];
                for (int changes = random.Next(1, 4); changes > 0; changes--)
                    bytes[random.Next(Math.Min(Headers, bytes.Length))] ^= (byte)(1 << random.Next(8));
                OffloadState state = random.Next(4) switch
                {
                    0 => new OffloadState { Checksum = ChecksumState.Unnecessary, ChecksumLevel = (byte)random.Next(4) },
                    1 => new OffloadState { Checksum = ChecksumState.Complete, ChecksumStart = 14, CompleteSum = (ushort)random.Next(65536) },
                    2 => new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = random.Next(bytes.Length - 20), ChecksumOffset = 16 },
                    _ => default,
                };
                taken += Take(pool, decapsulator, bytes, linkType, state, missing: 0) ? 1 : 0;
            }
        }
        // Else it is not the headers inside that were tried.
        Assert.True(taken > 20, $"{taken} were taken out");
        Assert.Equal((0, 0), (pool.OutstandingPackets, pool.OutstandingPages));
    }

    /// <summary>What goes in need not make sense either.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Any_bytes_as_an_inner_packet(string kind, bool overV6)
    {
        var random = new Random(3);
        using var pool = new PacketPool { TrackOwners = false };
        for (int round = 0; round < LongRun.Times(400); round++)
        {
            Encapsulator encapsulator = (AnyTunnel.Make(kind, overV6, random) with { PathMtu = random.Next(3) * 600 }).CreateEncapsulator();
            byte[] bytes = new byte[random.Next(120)];
            random.NextBytes(bytes);
            if (bytes.Length > 14 && random.Next(2) == 0)
                (bytes[12], bytes[13], bytes[14]) = (0x08, 0x00, 0x45);
            using Packet packet = pool.Rent(bytes, default);
            packet.LinkType = random.Next(2) == 0 ? LinkType.Ethernet : LinkType.Raw;
            if (encapsulator.Encapsulate(packet) != DropReason.None)
                Assert.Equal(Convert.ToHexString(bytes), TunnelJudge.Hex(packet));
            else
                Assert.EndsWith(Convert.ToHexString(bytes), TunnelJudge.Hex(packet), StringComparison.Ordinal);
        }
    }

    private static byte[] Send(PacketPool pool, Tunnel tunnel, out LinkType linkType)
    {
        byte[] frame = Inner.Segments(int.MaxValue / 2).Single();
        bool isFrame = AnyTunnel.CarriesFrames(tunnel);
        using Packet packet = pool.Rent(isFrame ? frame : frame[14..], default);
        packet.LinkType = isFrame ? LinkType.Ethernet : LinkType.Raw;
        Assert.Equal(DropReason.None, tunnel.CreateEncapsulator().Encapsulate(packet));
        linkType = packet.LinkType;
        if (packet.Offload.Checksum == ChecksumState.Partial)
            Wiretrue.Transmit.PartialChecksum.Complete(packet.Linear, packet.Offload.ChecksumStart, packet.Offload.ChecksumOffset);
        return packet.Linear.ToArray();
    }

    /// <summary>True when it was taken out.</summary>
    private static bool Take(
        PacketPool pool, Decapsulator decapsulator, ReadOnlySpan<byte> bytes, LinkType linkType, in OffloadState state, int missing)
    {
        using Packet packet = pool.Rent(bytes, state);
        packet.LinkType = linkType;
        packet.MissingTail = missing;
        Decapsulation result = decapsulator.Decapsulate(packet);
        if (!result.IsDone)
        {
            Assert.Equal(Convert.ToHexString(bytes), TunnelJudge.Hex(packet));
            Assert.Equal((state, linkType, missing), (packet.Offload, packet.LinkType, packet.MissingTail));
            Assert.InRange(result.Offset, 0, bytes.Length + missing);
        }
        else
        {
            Assert.True(packet.Length < bytes.Length && packet.MissingTail >= 0);
        }
        return result.IsDone;
    }
}
