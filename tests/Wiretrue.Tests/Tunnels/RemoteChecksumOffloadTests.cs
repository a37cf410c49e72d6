using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;
using static Wiretrue.Tests.Tunnels.TunnelFrames;

namespace Wiretrue.Tests.Tunnels;

public sealed class RemoteChecksumOffloadTests
{
    private static readonly Tunnel Sender = TunnelJudge.Turned(Vxlan with { RemoteChecksum = Remote });

    /// <summary>Start in units of two bytes, and the highest bit for UDP.</summary>
    [Theory]
    [InlineData(false, false, 0x11)]
    [InlineData(true, false, 0x1B)]
    [InlineData(false, true, 0x91)]
    [InlineData(true, true, 0x9B)]
    public void VXLAN_says_where_the_checksum_is_in_its_last_byte(bool isV6, bool isUdp, byte low)
    {
        IPFields ip = isV6 ? new IPv6Fields() : new IPv4Fields();
        PlainHeader transport = isUdp ? new PlainUdp(new UdpFields()) : new PlainTcp(new TcpFields());
        byte[] sent = Sent(Sender, new PlainFrame([Frame, new PlainIP(ip), transport], Frames.Payload(100)), out OffloadState state);
        Assert.Equal(0x08200000u, BinaryPrimitives.ReadUInt32BigEndian(sent.AsSpan(Behind)));
        Assert.Equal((66u << 8) | low, BinaryPrimitives.ReadUInt32BigEndian(sent.AsSpan(Behind + 4)));
        Assert.Equal((ChecksumState.Partial, 34, 6), (state.Checksum, state.ChecksumStart, state.ChecksumOffset));
    }

    [Fact]
    public void GUE_counts_from_the_end_of_its_header_and_names_the_field_itself()
    {
        byte[] sent = Sent(TunnelJudge.Turned(Gue with { RemoteChecksum = Remote }), BareInner, out OffloadState state);
        // hlen 2, IPv4, P; REMCSUM; start 20, and TCP's field 16 behind it.
        Assert.Equal("020400018000000000140024", Convert.ToHexString(sent.AsSpan(Behind, 12)));
        Assert.Equal(34, state.ChecksumStart);
    }

    [Fact]
    public void A_checksum_beyond_254_bytes_is_not_left_to_the_receiver_of_VXLAN()
    {
        foreach ((int options, bool isLeft) in ((int, bool)[])[(200, true), (208, false)])
        {
            byte[] data = [0, 0, 1, (byte)(options - 4), .. new byte[options - 4]];
            var ip = new IPv6Fields { Extensions = [(60, data)] };
            int start = 14 + ip.HeaderLength;
            Assert.Equal(isLeft, start <= 254);
            AssertLeft(isLeft, Sender, new PlainFrame([Frame, new PlainIP(ip), new PlainTcp(new TcpFields())], Frames.Payload(100)));
        }
    }

    [Fact]
    public void A_checksum_at_an_odd_distance_or_of_another_protocol_is_not_left_to_the_receiver_of_VXLAN()
    {
        byte[] frame = Inner.Build();
        foreach ((int start, ushort offset) in ((int, ushort)[])[(33, 16), (34, 2), (34, 8)])
        {
            using var pool = new PacketPool();
            Packet packet = pool.Rent(frame, new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = start, ChecksumOffset = offset });
            Assert.Equal(DropReason.None, Sender.CreateEncapsulator().Encapsulate(packet));
            Assert.Equal(0x08, packet.Linear[Behind]);
            Assert.Equal(0, packet.Linear[Behind + 1]);
            Assert.Equal(Behind + 8 + start, packet.Offload.ChecksumStart);
            packet.Dispose();
        }
    }

    [Fact]
    public void Without_an_outer_checksum_nothing_is_left_to_the_receiver_unless_the_peer_is_configured_so()
    {
        VxlanTunnel tunnel = Vxlan with { RemoteChecksum = Remote, UdpChecksum = false };
        AssertLeft(false, TunnelJudge.Turned(tunnel), Inner);
        VxlanTunnel allowed = tunnel with { RemoteChecksum = Remote with { AllowsUnprotected = true } };
        AssertLeft(true, TunnelJudge.Turned(allowed), Inner);
        byte[] frame = Received(V4, new PlainVxlan(66, HasRemoteChecksum: true), Inner, FieldChecksum.Zero);
        Assert.Equal(new Decapsulation(DecapsulationFault.RemoteChecksumUnprotected, LayerKind.Vxlan, Behind + 7), Open(tunnel, frame));
        Assert.True(Open(allowed, frame).IsDone);
    }

    [Fact]
    public void A_packet_that_owes_nothing_is_sent_as_it_is()
    {
        using var pool = new PacketPool();
        Packet packet = pool.Rent(Inner.Segments(9999).Single(), default);
        Assert.Equal(DropReason.None, Sender.CreateEncapsulator().Encapsulate(packet));
        Assert.Equal(0, packet.Linear[Behind + 1]);
        packet.Dispose();
    }

    [Fact]
    public void The_receiver_does_not_touch_a_byte_when_it_defers()
    {
        using var pool = new PacketPool();
        byte[] frame = Received(V4, new PlainVxlan(66, HasRemoteChecksum: true), Inner);
        Packet packet = pool.Rent(frame, default);
        Assert.True((Vxlan with { RemoteChecksum = Remote }).CreateDecapsulator().Decapsulate(packet).IsDone);
        Assert.Equal(Convert.ToHexString(frame.AsSpan(Behind + 8)), TunnelJudge.Hex(packet));
        Assert.Equal(new OffloadState { Checksum = ChecksumState.Partial, ChecksumStart = 34, ChecksumOffset = 16 }, packet.Offload);
        packet.Dispose();
    }

    [Theory]
    [InlineData(ChecksumState.None)]
    [InlineData(ChecksumState.Complete)]
    [InlineData(ChecksumState.Unnecessary)]
    public void The_receiver_that_writes_at_once_goes_on_with_the_right_sum(ChecksumState known)
    {
        byte[] frame = Received(V4, new PlainVxlan(66, HasRemoteChecksum: true), Inner);
        OffloadState state = known switch
        {
            ChecksumState.Complete => new() { Checksum = known, ChecksumStart = 14, CompleteSum = PlainSum.Sum(frame.AsSpan(14)) },
            _ => new() { Checksum = known },
        };
        using var pool = new PacketPool();
        Packet packet = pool.Rent(frame, state);
        Assert.True((Vxlan with { RemoteChecksum = Remote with { IsEager = true } }).CreateDecapsulator().Decapsulate(packet).IsDone);
        byte[] inside = Inner.Segments(9999).Single();
        Assert.Equal(Convert.ToHexString(inside), TunnelJudge.Hex(packet));
        Assert.Equal(ChecksumState.Complete, packet.Offload.Checksum);
        Assert.Equal(PlainSum.Sum(inside.AsSpan(packet.Offload.ChecksumStart)) % 0xFFFF, packet.Offload.CompleteSum % 0xFFFF);
        packet.Dispose();
    }

    [Fact]
    public void A_derived_checksum_of_zero_is_sent_as_all_ones()
    {
        // The payload's last word is chosen so that the checksum comes to 0.
        var inner = new PlainFrame([Frame, new PlainIP(new IPv4Fields()), new PlainUdp(new UdpFields())], new byte[64]);
        byte[] made = inner.Segments(9999).Single();
        byte[] payload = new byte[64];
        BinaryPrimitives.WriteUInt16BigEndian(payload, BinaryPrimitives.ReadUInt16BigEndian(made.AsSpan(40)));
        inner = inner with { Payload = payload };
        Assert.Equal(0xFFFF, BinaryPrimitives.ReadUInt16BigEndian(inner.Segments(9999).Single().AsSpan(40)));

        using var pool = new PacketPool();
        Packet packet = pool.Rent(Received(V4, new PlainVxlan(66, HasRemoteChecksum: true), inner), default);
        Assert.True((Vxlan with { RemoteChecksum = Remote with { IsEager = true } }).CreateDecapsulator().Decapsulate(packet).IsDone);
        Assert.Equal(0xFFFF, BinaryPrimitives.ReadUInt16BigEndian(packet.Linear[40..]));
        packet.Dispose();
    }

    [Fact]
    public void The_outer_checksum_is_verified_first()
    {
        byte[] frame = Received(V4, new PlainVxlan(66, HasRemoteChecksum: true), Inner);
        frame[^1] ^= 1;
        Assert.Equal(DecapsulationFault.ChecksumWrong, Open(Vxlan with { RemoteChecksum = Remote }, frame).Fault);
    }

    [Theory]
    [InlineData(8, 0xFF)]
    [InlineData(10, 0xFF)]
    [InlineData(11, 0x13)]
    public void GUE_needs_all_bytes_up_to_the_field_and_the_field_behind_the_start(int at, byte value)
    {
        byte[] frame = Mended(Received(V4, new PlainGue(HasRemoteChecksum: true), BareInner), bytes => bytes[Behind + at] = value);
        Assert.Equal(
            new Decapsulation(DecapsulationFault.RemoteChecksumBeyondPacket, LayerKind.Gue, Behind + 8),
            Open(Gue, frame));
    }

    [Fact]
    public void GUE_may_ask_for_a_checksum_at_an_odd_distance()
    {
        // An odd byte of options would be needed to send it; to derive it, the sum's halves are turned.
        foreach (bool isEager in (bool[])[false, true])
        {
            byte[] content = BareInner.Build();
            byte[] gue = [0x02, 4, 0, 1, 0x80, 0, 0, 0, 0, 21, 0, 37];
            byte[] frame = Frames.Ethernet(Frames.Udp(V4, new UdpFields { DestinationPort = 6080 }, [.. gue, .. content]));
            using var pool = new PacketPool();
            Packet packet = pool.Rent(frame, default);
            Assert.True((Gue with { RemoteChecksum = Remote with { IsEager = isEager } }).CreateDecapsulator().Decapsulate(packet).IsDone);
            if (!isEager)
                Wiretrue.Transmit.PartialChecksum.Complete(packet.Linear, packet.Offload.ChecksumStart, packet.Offload.ChecksumOffset);
            ushort sum = PlainSum.Sum(content.AsSpan(21));
            BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(37), (ushort)~sum);
            Assert.Equal(Convert.ToHexString(content), TunnelJudge.Hex(packet));
            packet.Dispose();
        }
    }

    [Fact]
    public void Each_segment_of_a_super_frame_carries_its_own_request()
    {
        byte[] sent = Sent(Sender, Inner with { Payload = Frames.Payload(3000) }, out OffloadState state, gsoSize: 1000);
        Assert.Equal(GsoType.TcpV4 | GsoType.UdpTunnelChecksum | GsoType.TunnelRemoteChecksum, state.GsoType);
        Assert.Equal(Behind + 8 + 34, state.ChecksumStart);
        Assert.Equal(0x20, sent[Behind + 1]);
    }

    /// <summary>Another tunnel's checksum would count on the inner one being completed, and one of the two be wrong.</summary>
    [Fact]
    public void Only_one_checksum_of_a_super_frame_is_left_to_a_receiver()
    {
        using var pool = new PacketPool();
        Packet packet = pool.Rent(Inner.Build(), Inner.Offload(100));
        Assert.Equal(DropReason.None, Sender.CreateEncapsulator().Encapsulate(packet));
        Encapsulator second = Sender.CreateEncapsulator();
        Assert.Equal(DropReason.GsoNestedTunnels, second.Encapsulate(packet));
        using var ready = new PacketQueue();
        Assert.Equal(DropReason.None, second.Encapsulate(packet, ready));
        Assert.Equal(7, ready.Count);
    }

    private static void AssertLeft(bool isLeft, Tunnel tunnel, PlainFrame inner)
    {
        byte[] sent = Sent(tunnel, inner, out OffloadState state);
        Assert.Equal(isLeft ? 0x20 : 0, sent[Behind + 1]);
        Assert.Equal(!isLeft, state.Checksum == ChecksumState.Partial && state.ChecksumStart == Behind + 8 + inner.TransportOffset);
    }

    private static byte[] Sent(Tunnel tunnel, PlainFrame inner, out OffloadState state, int gsoSize = 0)
    {
        using var pool = new PacketPool();
        OffloadState owed = inner.Offload(gsoSize);
        Packet packet = pool.Rent(inner.Build(), gsoSize == 0 ? owed with { GsoType = GsoType.None } : owed);
        packet.LinkType = inner.Headers[0] is PlainEthernet ? LinkType.Ethernet : LinkType.Raw;
        Assert.Equal(DropReason.None, tunnel.CreateEncapsulator().Encapsulate(packet));
        byte[] bytes = Convert.FromHexString(TunnelJudge.Hex(packet));
        state = packet.Offload;
        packet.Dispose();
        return bytes;
    }
}
