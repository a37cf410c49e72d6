using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;
using static Wiretrue.Tunnels.DecapsulationFault;

namespace Wiretrue.Tests.Tunnels;

/// <summary>What GRE's ends agree on, and what becomes of those who did not.</summary>
public sealed class GreTunnelTests
{
    private const int Gre = 20;

    private static readonly PlainFrame Inner = new([new PlainIP(new IPv4Fields()), new PlainTcp(new TcpFields())], Frames.Payload(500));
    private static readonly GreTunnel Plain = (GreTunnel)NetworkTunnelTests.Make("gre", overV6: false) with { Link = null };

    /// <summary>What is received and what comes, as <c>__ip_tunnel_rcv</c> and <c>ip_tunnel_lookup</c> judge it.</summary>
    public static TheoryData<GreTunnel, PlainGre, DecapsulationFault> Agreements => new()
    {
        { Plain, new PlainGre(), None },
        { Plain, new PlainGre(Key: 0), OtherNetwork },
        { Plain, new PlainGre(HasChecksum: true), UnknownFlags },
        { Plain, new PlainGre(Sequence: 7), None },
        { Plain with { Key = 0 }, new PlainGre(), OtherNetwork },
        { Plain with { Key = 5 }, new PlainGre(Key: 5), None },
        { Plain with { Key = 5 }, new PlainGre(Key: 6), OtherNetwork },
        { Plain with { HasChecksum = true }, new PlainGre(HasChecksum: true), None },
        { Plain with { HasChecksum = true }, new PlainGre(), ChecksumMissing },
        { Plain with { HasSequence = true }, new PlainGre(), OutOfSequence },
        { Plain with { HasSequence = true }, new PlainGre(Sequence: 99), None },
        { Plain with { IsBridge = true }, new PlainGre(), UnknownContent },
        { Plain with { IsExternal = true, Key = 3, HasChecksum = true }, new PlainGre(Key: 6), None },
    };

    [Theory]
    [MemberData(nameof(Agreements))]
    public void Only_what_was_agreed_on_is_received(GreTunnel tunnel, PlainGre gre, DecapsulationFault fault)
    {
        using var pool = new PacketPool();
        using Packet packet = Rent(pool, Build(gre));
        string before = TunnelJudge.Hex(packet);
        Decapsulation result = NetworkTunnelTests.Turned(tunnel).CreateDecapsulator().Decapsulate(packet);
        Assert.Equal(fault, result.Fault);
        Assert.Equal(fault == None ? Convert.ToHexString(Inner.Segments(500).Single()) : before, TunnelJudge.Hex(packet));
        if (fault == None)
            Assert.Equal((int)(gre.Key ?? 0), result.NetworkIdentifier);
    }

    [Fact]
    public void Numbers_go_up_and_round_and_late_packets_are_not_received()
    {
        GreTunnel tunnel = NetworkTunnelTests.Turned(Plain with { HasSequence = true });
        Decapsulator decapsulator = tunnel.CreateDecapsulator();
        (uint Number, DecapsulationFault Fault)[] sequence =
        [
            (0xFFFFFFF0, None), (0xFFFFFFF0, OutOfSequence), (0xFFFFFFFF, None), (0xFFFFFFFE, OutOfSequence), (5, None), (4, OutOfSequence), (6, None),
        ];
        foreach ((uint number, DecapsulationFault fault) in sequence)
        {
            using var pool = new PacketPool();
            using Packet packet = Rent(pool, Build(new PlainGre(Sequence: number)));
            Assert.Equal((number, fault), (number, decapsulator.Decapsulate(packet).Fault));
        }
    }

    [Fact]
    public void What_is_sent_is_numbered_from_zero()
    {
        Encapsulator encapsulator = (Plain with { HasSequence = true, Key = 1 }).CreateEncapsulator();
        for (uint number = 0; number < 3; number++)
        {
            using var pool = new PacketPool();
            using Packet packet = Rent(pool, Inner.Segments(500).Single());
            Assert.Equal(DropReason.None, encapsulator.Encapsulate(packet));
            Assert.True(GreHeader.TryCreate(packet.Linear[Gre..], out GreHeader gre));
            Assert.Equal((true, number, 1u), (gre.HasSequence, gre.Sequence, gre.Key));
        }
    }

    [Fact]
    public void A_super_frame_cannot_be_numbered()
    {
        using var pool = new PacketPool();
        using Packet packet = Rent(pool, Inner.Build(), Inner.Offload(100));
        Assert.Equal(DropReason.GsoGreSequence, (Plain with { HasSequence = true }).CreateEncapsulator().Encapsulate(packet));
        Assert.Equal(Convert.ToHexString(Inner.Build()), TunnelJudge.Hex(packet));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_wrong_checksum_is_found_wherever_the_bytes_are_wrong(bool isOddLength)
    {
        PlainFrame inner = Inner with { Payload = Frames.Payload(isOddLength ? 501 : 500) };
        byte[] good = new PlainFrame([new PlainIP(new IPv4Fields()), new PlainGre(HasChecksum: true), .. inner.Headers], inner.Payload).Segments(600).Single();
        Decapsulator decapsulator = NetworkTunnelTests.Turned(Plain with { HasChecksum = true }).CreateDecapsulator();
        var random = new Random(4);
        for (int i = 0; i < 200; i++)
        {
            byte[] bad = [.. good];
            bad[random.Next(Gre + 8, bad.Length)] ^= (byte)(1 << random.Next(8));
            using var pool = new PacketPool();
            using Packet packet = Rent(pool, bad);
            Assert.Equal(ChecksumWrong, decapsulator.Decapsulate(packet).Fault);
            Assert.Equal(Convert.ToHexString(bad), TunnelJudge.Hex(packet));
        }
    }

    /// <summary>A verified checksum tells the sum of all that it covers: nothing inside need be summed once more.</summary>
    [Fact]
    public void What_the_checksum_told_is_known_of_what_is_inside()
    {
        using var pool = new PacketPool();
        using Packet packet = Rent(pool, Build(new PlainGre(HasChecksum: true)));
        Assert.Equal(None, NetworkTunnelTests.Turned(Plain with { HasChecksum = true }).CreateDecapsulator().Decapsulate(packet).Fault);
        Assert.Equal((ChecksumState.Complete, 0), (packet.Offload.Checksum, packet.Offload.ChecksumStart));
        Assert.Equal(PlainSum.Sum(packet.Linear), packet.Offload.CompleteSum);
    }

    /// <summary>Source routes, version 1, and headers that are not all there.</summary>
    [Theory]
    [InlineData(0x40, 0x00, UnknownFlags)]
    [InlineData(0x00, 0x01, UnknownFlags)]
    [InlineData(0x00, 0x02, UnknownFlags)]
    public void Other_flags_and_versions_are_refused(byte flags, byte version, DecapsulationFault fault)
    {
        byte[] bytes = Build(new PlainGre());
        (bytes[Gre], bytes[Gre + 1]) = (flags, version);
        using var pool = new PacketPool();
        using Packet packet = Rent(pool, bytes);
        Assert.Equal(fault, NetworkTunnelTests.Turned(Plain).CreateDecapsulator().Decapsulate(packet).Fault);
    }

    [Fact]
    public void Labels_do_not_come_before_frames() =>
        Assert.Throws<ArgumentException>((Plain with { IsBridge = true, Labels = [new MplsLabel(16)] }).CreateEncapsulator);

    private static byte[] Build(PlainGre gre) =>
        new PlainFrame([new PlainIP(new IPv4Fields()), gre, .. Inner.Headers], Inner.Payload).Segments(500).Single();

    private static Packet Rent(PacketPool pool, byte[] bytes, in OffloadState state = default)
    {
        Packet packet = pool.Rent(bytes, state);
        packet.LinkType = LinkType.Raw;
        return packet;
    }
}
