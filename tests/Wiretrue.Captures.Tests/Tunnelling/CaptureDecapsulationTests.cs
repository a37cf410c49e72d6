using Wiretrue.Captures.Tunnelling;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Captures.Tests.Tunnelling;

/// <summary>What comes out of a tunnel is what plain code builds without it.</summary>
public sealed class CaptureDecapsulationTests
{
    private static readonly byte[] Payload = Frames.Payload(100);
    private static readonly PlainIP Outer4 = new(new IPv4Fields { Id = 5 });
    private static readonly PlainIP Outer6 = new(new IPv6Fields());
    private static readonly PlainIP Inner4 = new(new IPv4Fields { Id = 9 });
    private static readonly PlainIP Inner6 = new(new IPv6Fields());
    private static readonly PlainTcp Tcp = new(new TcpFields());
    private static readonly PlainUdp Port = new(new UdpFields());

    public static TheoryData<TunnelKind, string> Kinds => new()
    {
        { TunnelKind.Vxlan, "vxlan" }, { TunnelKind.Geneve, "geneve" }, { TunnelKind.VxlanGpe, "gpe" }, { TunnelKind.GreTap, "gretap" },
        { TunnelKind.Gre, "gre" }, { TunnelKind.Gue, "gue" }, { TunnelKind.Gue, "gue1" }, { TunnelKind.IPIP, "ipip" }, { TunnelKind.Sit, "sit" },
        { TunnelKind.IP6Tnl, "ip6tnl" }, { TunnelKind.IP6Tnl, "4in6" }, { TunnelKind.MplsUdp, "mpls" }, { TunnelKind.GtpU, "gtpu" },
        { TunnelKind.Fou, "fou" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_tunnel_is_told_and_opened(TunnelKind kind, string which)
    {
        PlainHeader[] inside = which is "sit" or "ip6tnl" ? [Inner6, Tcp] : [Inner4, Tcp];
        PlainHeader[] tunnel = which switch
        {
            "vxlan" => [Outer4, Port, new PlainVxlan(66), new PlainEthernet()],
            "geneve" => [Outer6, Port, new PlainGeneve(66, []), new PlainEthernet()],
            "gpe" => [Outer4, Port, new PlainVxlanGpe(66)],
            "gretap" => [Outer4, new PlainGre(true, 7), new PlainEthernet()],
            "gre" => [Outer6, new PlainGre(false, null)],
            "gue" => [Outer4, Port, new PlainGue()],
            "gue1" => [Outer4, Port with { FixedPort = 6080 }],
            "ipip" or "sit" => [Outer4],
            "ip6tnl" or "4in6" => [Outer6],
            "mpls" => [Outer4, Port, new PlainMpls(100), new PlainMpls(200)],
            "gtpu" => [Outer4, Port, new PlainGtpU(1)],
            _ => [Outer4, Port],
        };
        bool isFrame = tunnel[^1] is PlainEthernet;
        byte[] frame = Decapsulating.Build(Payload, [new PlainEthernet(), new PlainVlan(0x8100, 3), .. tunnel, .. inside]);
        byte[] expected = isFrame
            ? Decapsulating.Build(Payload, [new PlainEthernet(), .. inside])
            : Decapsulating.Build(Payload, [new PlainEthernet(), new PlainVlan(0x8100, 3), .. inside]);

        (DecapsulationReport report, List<PlainPacket> packets) = Decapsulating.Frames(
            new DecapsulationOptions { Ports = PlainFrameOffload.Ports }, frame);

        Assert.Equal(expected, Assert.Single(packets).Bytes);
        Assert.Equal((kind, 1), (Assert.Single(report.Kinds).Key, report.Decapsulated));
    }

    [Fact]
    public void Random_stacks_lose_their_outermost_tunnel_and_nothing_else()
    {
        var source = new PlainFrameSource(new Random(61));
        var frames = new List<byte[]>();
        var expected = new List<byte[]>();
        while (frames.Count < 2000)
        {
            PlainFrame frame = source.Next(tunnels: 1);
            // Labels behind labels that end their stack cannot be.
            PlainHeader[] opened = Opened(frame.Headers);
            if (opened.SkipWhile(header => header is not (PlainMpls or PlainPppoe)).SkipWhile(header => header is PlainMpls).Any(header => header is PlainMpls))
                continue;
            byte[] payload = frame.Payload[..Math.Min(frame.Payload.Length, 600)];
            frames.Add(frame.Build(payload, new SegmentPlace(0, 0, true)));
            expected.Add(new PlainFrame(opened, payload).Build(payload, new SegmentPlace(0, 0, true)));
        }

        (DecapsulationReport report, List<PlainPacket> packets) = Decapsulating.Frames(
            new DecapsulationOptions { Ports = PlainFrameOffload.Ports }, [.. frames]);

        Assert.Equal("", string.Join(", ", report.Others));
        Assert.NotEqual(0, report.RemoteChecksums);
        for (int i = 0; i < frames.Count; i++)
            Assert.Equal(Convert.ToHexString(expected[i]), Convert.ToHexString(packets[i].Bytes));
    }

    [Fact]
    public void All_levels_come_off_at_once()
    {
        PlainHeader[] inside = [new PlainEthernet(), new PlainVlan(0x8100, 9), Inner6, Tcp];
        byte[] frame = Decapsulating.Build(
            Payload,
            [new PlainEthernet(), Outer4, new PlainGre(false, null), Outer6, Outer4, Port, new PlainVxlan(5), .. inside]);

        (DecapsulationReport report, List<PlainPacket> packets) = Decapsulating.Frames(new DecapsulationOptions { Levels = int.MaxValue }, frame);
        Assert.Equal(Decapsulating.Build(Payload, inside), Assert.Single(packets).Bytes);
        Assert.Equal([TunnelKind.Vxlan, TunnelKind.Gre, TunnelKind.IP6Tnl], report.Kinds.Select(kind => kind.Key));

        (_, packets) = Decapsulating.Frames(new DecapsulationOptions { Levels = 2 }, frame);
        byte[] left = Decapsulating.Build(Payload, [new PlainEthernet(), Outer4, Port, new PlainVxlan(5), .. inside]);
        Assert.Equal(left, Assert.Single(packets).Bytes);
    }

    [Fact]
    public void What_GRE_names_comes_out_whether_it_is_known_or_not()
    {
        byte[] arp = [0, 0, 0x08, 0x06, .. Frames.Payload(28)];
        (_, List<PlainPacket> packets) = Decapsulating.Frames(null, Frames.Ethernet(new IPv4Fields().Wrap(47, arp)));
        Assert.Equal(Frames.Ethernet(0x0806, arp.AsSpan(4)), Assert.Single(packets).Bytes);
    }

    [Theory]
    [InlineData(PeelFault.NoTunnel, "tcp")]
    [InlineData(PeelFault.NoTunnel, "arp")]
    [InlineData(PeelFault.Fragment, "fragment")]
    [InlineData(PeelFault.NoPacket, "ppp")]
    [InlineData(PeelFault.NoPacket, "keepalive")]
    [InlineData(PeelFault.Malformed, "short")]
    [InlineData(PeelFault.OtherTunnel, "other")]
    [InlineData(PeelFault.NoLink, "labels")]
    public void Why_nothing_comes_out_is_told(PeelFault expected, string which)
    {
        byte[] frame = which switch
        {
            "tcp" => Decapsulating.Build(Payload, new PlainEthernet(), Inner4, Tcp),
            "arp" => Frames.Ethernet(0x0806, Payload),
            "fragment" => Frames.Ethernet(new IPv4Fields { MoreFragments = true }.Wrap(47, Payload)),
            "ppp" => Frames.Ethernet(new IPv4Fields().Wrap(47, [0, 0, 0x88, 0x0B, .. Payload])),
            "keepalive" => Frames.Ethernet(new IPv4Fields().Wrap(47, [0, 0, 0x08, 0x00])),
            "short" => Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Good, Payload.AsSpan(0, 13))),
            "other" => Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Good, Payload)),
            _ => [.. Frames.Addresses, 0x88, 0x47, 0, 0, 0x11, 64, .. new IPv4Fields().Wrap(47, [0, 0, 0x08, 0x06, .. Payload])],
        };
        (DecapsulationReport report, List<PlainPacket> packets) = Decapsulating.Frames(new DecapsulationOptions { Kinds = ~TunnelKind.Vxlan | (which == "short" ? TunnelKind.Vxlan : 0) }, frame);
        Assert.Empty(packets);
        Assert.Equal(KeyValuePair.Create(expected, 1L), Assert.Single(report.Others));

        (_, packets) = Decapsulating.Frames(new DecapsulationOptions { Kinds = TunnelKind.GreTap | TunnelKind.Gre, KeepOthers = true }, frame);
        Assert.Equal(frame, Assert.Single(packets).Bytes);
    }

    [Fact]
    public void Only_the_network_that_is_asked_for_comes_out()
    {
        byte[] Vxlan(int vni) => Decapsulating.Build(Payload, new PlainEthernet(), Outer4, Port, new PlainVxlan(vni), new PlainEthernet(), Inner4, Tcp);
        byte[] Gre(uint? key) => Decapsulating.Build(Payload, new PlainEthernet(), Outer4, new PlainGre(false, key), Inner4, Tcp);
        byte[][] frames = [Vxlan(1), Vxlan(0xABCDEF), Gre(7), Gre(null), Gre(0xFFFFFFFF)];

        Assert.Equal(1, Decapsulating.Frames(new DecapsulationOptions { NetworkIdentifier = 0xABCDEF }, frames).Report.Decapsulated);
        Assert.Equal(1, Decapsulating.Frames(new DecapsulationOptions { Key = 0xFFFFFFFF }, frames).Report.Decapsulated);
        Assert.Equal(0, Decapsulating.Frames(new DecapsulationOptions { Session = 1 }, frames).Report.Decapsulated);
        Assert.Equal(5, Decapsulating.Frames(null, frames).Report.Decapsulated);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_mirrored_frame_is_taken_out_of_ERSPAN(int version)
    {
        byte[] inner = Decapsulating.Build(Payload, new PlainEthernet(), Inner4, Tcp);
        byte[] header = version == 1
            ? [0x10, 0, 0x88, 0xBE, 0, 0, 0, 1, 0x10, 0x01, 0x00, 0x64, 0, 0, 0, 0]
            : [0x10, 0, 0x22, 0xEB, 0, 0, 0, 1, 0x20, 0x01, 0x00, 0x64, 1, 2, 3, 4, 0, 0, 0, 0];
        byte[] frame = Frames.Ethernet(new IPv4Fields().Wrap(47, [.. header, .. inner]));

        (DecapsulationReport report, List<PlainPacket> packets) = Decapsulating.Frames(new DecapsulationOptions { Session = 100 }, frame);

        Assert.Equal(inner, Assert.Single(packets).Bytes);
        Assert.Equal(TunnelKind.Erspan, Assert.Single(report.Kinds).Key);
        Assert.Empty(Decapsulating.Frames(new DecapsulationOptions { Session = 101 }, frame).Packets);
    }

    [Fact]
    public void A_packet_cut_short_comes_out_as_far_as_it_is_there_at_every_length()
    {
        byte[] frame = Decapsulating.Build(Payload, new PlainEthernet(), Outer4, Port, new PlainVxlan(1), new PlainEthernet(), Inner4, Tcp);
        byte[] inner = Decapsulating.Build(Payload, new PlainEthernet(), Inner4, Tcp);
        int header = frame.Length - inner.Length;
        for (int length = 0; length < frame.Length; length++)
        {
            byte[] capture = PlainCapture.WritePcap(1, [new PlainPacket(1, 0, (uint)frame.Length, 0, frame[..length])]);
            (DecapsulationReport report, byte[] output) = Decapsulating.Run(capture);
            if (length < header + 14)
            {
                Assert.Equal(0, report.Decapsulated);
                continue;
            }
            PlainPacket packet = Assert.Single(PlainCapture.Read(output));
            Assert.Equal(inner[..(length - header)], packet.Bytes);
            Assert.Equal((uint)inner.Length, packet.OriginalLength);
        }
    }

    [Fact]
    public void Padding_behind_the_outer_packet_stays_outside_and_padding_inside_stays()
    {
        byte[] small = [.. Decapsulating.Build([], new PlainEthernet(), Inner4, Tcp), 0, 0, 0, 0, 0, 0];
        byte[] frame = [.. Frames.Ethernet(Frames.Vxlan(new IPv4Fields(), FieldChecksum.Good, small)), 0xEE, 0xEE];
        Assert.Equal(small, Assert.Single(Decapsulating.Frames(null, frame).Packets).Bytes);
    }

    [Fact]
    public void A_checksum_left_to_the_receiver_stays_half_made_when_bytes_are_missing()
    {
        byte[] frame = Decapsulating.Build(
            Payload, new PlainEthernet(), Outer4, Port, new PlainVxlan(1, HasRemoteChecksum: true), new PlainEthernet(), Inner4, Tcp);
        byte[] capture = PlainCapture.WritePcap(1, [new PlainPacket(1, 0, (uint)frame.Length, 0, frame[..^1])]);
        (DecapsulationReport report, byte[] output) = Decapsulating.Run(capture);
        Assert.Equal((0, 1), (report.RemoteChecksums, report.RemoteChecksumsLeft));
        Assert.Contains("stay half-made", Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.Equal(frame[^(Payload.Length + 54)..^1], Assert.Single(PlainCapture.Read(output)).Bytes);
    }

    // A frame inside brings its own link; anything else stays behind the link that was there. MPLS in UDP goes with its labels, NSH with what carries it.
    private static PlainHeader[] Opened(IReadOnlyList<PlainHeader> headers)
    {
        int outer = 0;
        while (headers[outer] is not PlainIP)
            outer++;
        int inside = outer + 1;
        bool overUdp = headers[inside] is PlainUdp;
        while (headers[inside] is not (PlainEthernet or PlainIP) && (overUdp || headers[inside] is not (PlainMpls or PlainPppoe)))
            inside++;
        return headers[inside] is PlainEthernet ? [.. headers.Skip(inside)] : [.. headers.Take(outer), .. headers.Skip(inside)];
    }
}
