using System.Buffers.Binary;
using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Segmentation;

public sealed class TunnelSegmentationTests
{
    private const int GsoSize = 1300;
    private static readonly byte[] Content = Frames.Payload(5001);

    /// <summary>Builds what goes into a tunnel: a TCP or UDP packet, by the segment's number, with a checksum of the wanted kind.</summary>
    private delegate byte[] Inner(int index, byte[] payload, FieldChecksum checksum);

    /// <summary>Puts a tunnel around it; the outer checksum, where there is one, shows the kind.</summary>
    private delegate byte[] Outer(int index, byte[] packet, FieldChecksum checksum);

    public static TheoryData<bool, bool, string> UdpTunnels
    {
        get
        {
            var data = new TheoryData<bool, bool, string>();
            foreach (bool outerIsV6 in (bool[])[false, true])
            {
                foreach (bool checksum in (bool[])[false, true])
                {
                    foreach (string inner in (string[])["tcp4", "tcp6", "udp4", "udp6"])
                        data.Add(outerIsV6, checksum, inner);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(UdpTunnels))]
    public void VXLAN_has_both_levels_rewritten(bool outerIsV6, bool checksum, string inner)
    {
        Outer outer = (index, packet, kind) =>
            Frames.Vxlan(OuterIP(outerIsV6, index), checksum ? kind : FieldChecksum.Zero, Frames.Ethernet(packet));
        Judge(outer, inner, checksum ? GsoType.UdpTunnelChecksum : GsoType.UdpTunnel, 14 + (outerIsV6 ? 40 : 20) + 8 + 8 + 14);
    }

    [Theory]
    [MemberData(nameof(UdpTunnels))]
    public void Geneve_with_options_has_both_levels_rewritten(bool outerIsV6, bool checksum, string inner)
    {
        byte[] header = [0x02, 0, 0x65, 0x58, 0, 0, 66, 0, 0x01, 0x02, 0x80, 0x01, 1, 2, 3, 4];
        Outer outer = (index, packet, kind) => Frames.Udp(
            OuterIP(outerIsV6, index),
            new UdpFields { DestinationPort = 6081, Checksum = checksum ? kind : FieldChecksum.Zero },
            [.. header, .. Frames.Ethernet(packet)]);
        Judge(outer, inner, checksum ? GsoType.UdpTunnelChecksum : GsoType.UdpTunnel, 14 + (outerIsV6 ? 40 : 20) + 8 + 16 + 14);
    }

    [Theory]
    [InlineData(false, "tcp4")]
    [InlineData(false, "tcp6")]
    [InlineData(true, "tcp4")]
    [InlineData(true, "udp6")]
    public void GTP_U_has_its_length_rewritten(bool outerIsV6, string inner)
    {
        Outer outer = (index, packet, kind) => Frames.Udp(
            OuterIP(outerIsV6, index),
            new UdpFields { DestinationPort = 2152, Checksum = FieldChecksum.Zero },
            [0x30, 0xFF, (byte)(packet.Length >> 8), (byte)packet.Length, 0, 0, 0, 9, .. packet]);
        Judge(outer, inner, GsoType.UdpTunnel, 14 + (outerIsV6 ? 40 : 20) + 8 + 8);
    }

    [Theory]
    [InlineData(false, "tcp4")]
    [InlineData(false, "tcp6")]
    [InlineData(true, "tcp4")]
    [InlineData(true, "tcp6")]
    public void IP_in_IP_has_both_levels_rewritten(bool outerIsV6, string inner)
    {
        byte protocol = inner.EndsWith('4') ? (byte)4 : (byte)41;
        Outer outer = (index, packet, _) => OuterIP(outerIsV6, index).Wrap(protocol, packet);
        Judge(outer, inner, outerIsV6 ? GsoType.IPXIP6 : GsoType.IPXIP4, 14 + (outerIsV6 ? 40 : 20));
    }

    [Theory]
    [InlineData(false, false, false, "tcp4")]
    [InlineData(false, true, false, "tcp6")]
    [InlineData(true, false, false, "tcp4")]
    [InlineData(true, true, false, "udp4")]
    [InlineData(true, true, true, "tcp4")]
    [InlineData(false, false, true, "tcp6")]
    [InlineData(true, false, true, "udp6")]
    public void GRE_is_cut_with_checksum_and_key_and_with_Ethernet_inside(bool checksum, bool key, bool ethernet, string inner)
    {
        Outer outer = (index, packet, kind) =>
            new IPv4Fields { Id = (ushort)(500 + index) }.Wrap(47, Gre(checksum ? kind : null, key, ethernet, packet));
        int header = 4 + (checksum ? 4 : 0) + (key ? 4 : 0) + (ethernet ? 14 : 0);
        Judge(outer, inner, checksum ? GsoType.GreChecksum : GsoType.Gre, 14 + 20 + header);
    }

    [Fact]
    public void GRE_with_sequence_numbers_is_refused()
    {
        byte[] packet = InnerPacket("tcp4")(0, Content, FieldChecksum.Partial);
        byte[] frame = Frames.Ethernet(new IPv4Fields().Wrap(47, [0x10, 0, 0x08, 0, 0, 0, 0, 5, .. packet]));
        OffloadState state = Cutter.State(GsoType.TcpV4 | GsoType.Gre, GsoSize, 14 + 20 + 8 + 20);
        Assert.Equal(DropReason.GsoGreSequence, Cutter.TryCut(frame, state, NetDevice.Wire(), out _));
    }

    [Fact]
    public void A_tunnel_s_fixed_IDs_are_outer_and_inner_on_their_own()
    {
        byte[] packet = Frames.Tcp(new IPv4Fields { Id = 9 }, new TcpFields { Checksum = FieldChecksum.Partial }, Content);
        byte[] frame = Frames.Ethernet(Frames.Vxlan(new IPv4Fields { Id = 500 }, FieldChecksum.Zero, Frames.Ethernet(packet)));
        foreach ((GsoType flags, int outerStep, int innerStep) in ((GsoType, int, int)[])
            [(GsoType.None, 1, 1), (GsoType.TcpFixedId, 0, 1), (GsoType.TcpFixedIdInner, 1, 0)])
        {
            List<byte[]> frames = Cutter.Cut(frame, Cutter.State(GsoType.TcpV4 | GsoType.UdpTunnel | flags, GsoSize, 84));
            Assert.Equal([500, 500 + outerStep, 500 + (2 * outerStep), 500 + (3 * outerStep)], frames.Select(f => Id(f, 14)));
            Assert.Equal([9, 9 + innerStep, 9 + (2 * innerStep), 9 + (3 * innerStep)], frames.Select(f => Id(f, 64)));
        }
    }

    [Fact]
    public void A_plain_type_on_a_tunnelled_packet_is_refused_as_Linux_drops_it()
    {
        byte[] packet = InnerPacket("tcp4")(0, Content, FieldChecksum.Partial);
        byte[] frame = Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Zero, Frames.Ethernet(packet)));
        Assert.Equal(
            DropReason.GsoTypeMismatch, Cutter.TryCut(frame, Cutter.State(GsoType.TcpV4, GsoSize, 84), NetDevice.Wire(), out _));
    }

    [Fact]
    public void PPPoE_under_VLAN_tags_has_its_length_rewritten()
    {
        byte[] Build(byte[] packet)
        {
            byte[] session = [0x11, 0, 0, 7, (byte)((packet.Length + 2) >> 8), (byte)(packet.Length + 2), 0, 0x21, .. packet];
            return Frames.Ethernet(0x8864, session, (0x8100, 100));
        }

        byte[] superFrame = Build(InnerPacket("tcp4")(0, Content, FieldChecksum.Partial));
        List<byte[]> frames = Cutter.Cut(superFrame, Cutter.State(GsoType.TcpV4, GsoSize, 14 + 4 + 8 + 20));
        AssertSame(Segments("tcp4").Select(Build), frames);
    }

    [Fact]
    public void MPLS_labels_are_in_every_segment()
    {
        byte[] Build(byte[] packet) => Frames.Ethernet(0x8847, [0, 1, 0, 64, 0, 2, 1, 64, .. packet]);
        byte[] superFrame = Build(InnerPacket("tcp6")(0, Content, FieldChecksum.Partial));
        AssertSame(Segments("tcp6").Select(Build), Cutter.Cut(superFrame, Cutter.State(GsoType.TcpV6, GsoSize, 14 + 8 + 40)));
    }

    [Fact]
    public void SNAP_has_the_length_of_802_3_rewritten()
    {
        byte[] Build(byte[] packet) => Frames.Ethernet((ushort)(8 + packet.Length), [0xAA, 0xAA, 3, 0, 0, 0, 8, 0, .. packet]);
        byte[] content = Frames.Payload(1200);
        byte[] superFrame = Build(InnerPacket("tcp4")(0, content, FieldChecksum.Partial));
        List<byte[]> frames = Cutter.Cut(superFrame, Cutter.State(GsoType.TcpV4, 500, 14 + 8 + 20));
        Assert.Equal(3, frames.Count);
        for (int i = 0; i < 3; i++)
        {
            byte[] part = content[(i * 500)..Math.Min(1200, (i + 1) * 500)];
            Assert.Equal(Convert.ToHexString(Build(InnerPacket("tcp4", 500)(i, part, FieldChecksum.Good))), Convert.ToHexString(frames[i]));
        }
    }

    private static void Judge(Outer outer, string inner, GsoType tunnel, int innerOffset)
    {
        byte[] superFrame = Frames.Ethernet(outer(0, InnerPacket(inner)(0, Content, FieldChecksum.Partial), FieldChecksum.Partial));
        GsoType type = inner switch { "tcp4" => GsoType.TcpV4, "tcp6" => GsoType.TcpV6, _ => GsoType.UdpL4 };
        int transport = innerOffset + (inner.EndsWith('4') ? 20 : 40);
        List<byte[]> frames = Cutter.Cut(superFrame, Cutter.State(type | tunnel, GsoSize, transport));
        AssertSame(Segments(inner).Select((packet, index) => Frames.Ethernet(outer(index, packet, FieldChecksum.Good))), frames);
    }

    private static IEnumerable<byte[]> Segments(string inner)
    {
        Inner build = InnerPacket(inner);
        for (int i = 0; i * GsoSize < Content.Length; i++)
            yield return build(i, Content[(i * GsoSize)..Math.Min(Content.Length, (i + 1) * GsoSize)], FieldChecksum.Good);
    }

    private static Inner InnerPacket(string kind, int gsoSize = GsoSize) => (index, payload, checksum) =>
    {
        IPFields ip = kind.EndsWith('4') ? new IPv4Fields { Id = (ushort)(0xFFFF + index) } : new IPv6Fields();
        return kind.StartsWith('t')
            ? Frames.Tcp(ip, new TcpFields { Sequence = 1000 + (uint)(index * gsoSize), Checksum = checksum }, payload)
            : Frames.Udp(ip, new UdpFields { Checksum = checksum }, payload);
    };

    private static IPFields OuterIP(bool isV6, int index) => isV6 ? new IPv6Fields() : new IPv4Fields { Id = (ushort)(0xFFFE + index) };

    private static byte[] Gre(FieldChecksum? checksum, bool key, bool ethernet, byte[] packet)
    {
        ushort type = ethernet ? (ushort)0x6558 : packet[0] >> 4 == 6 ? (ushort)0x86DD : (ushort)0x0800;
        byte[] content = ethernet ? Frames.Ethernet(packet) : packet;
        byte[] gre =
        [
            (byte)((checksum is null ? 0 : 0x80) | (key ? 0x20 : 0)), 0, (byte)(type >> 8), (byte)type,
            .. checksum is null ? (byte[])[] : [0, 0, 0, 0], .. key ? (byte[])[0, 0, 1, 2] : [], .. content,
        ];
        if (checksum == FieldChecksum.Good)
            BinaryPrimitives.WriteUInt16BigEndian(gre.AsSpan(4), PlainSum.Checksum(gre));
        return gre;
    }

    private static int Id(byte[] frame, int ip) => BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(ip + 4));

    private static void AssertSame(IEnumerable<byte[]> expected, List<byte[]> frames) =>
        Assert.Equal(expected.Select(Convert.ToHexString), frames.Select(Convert.ToHexString));
}
