using System.Net;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Tests.Formats;
using Wiretrue.Captures.Tests.Repair;
using Wiretrue.Captures.Tunnelling;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Captures.Tests.Tunnelling;

/// <summary>What goes into a tunnel comes out of it again, and is what plain code builds.</summary>
public sealed class CaptureEncapsulationTests
{
    private static readonly IPAddress Local4 = IPAddress.Parse("192.0.2.1"), Remote4 = IPAddress.Parse("192.0.2.2");
    private static readonly IPAddress Local6 = IPAddress.Parse("2001:db8::1"), Remote6 = IPAddress.Parse("2001:db8::2");
    private static readonly EthernetHeaderFields Link = new(0x02_00_00_00_00_02, 0x02_00_00_00_00_01, EtherType.IPv4);

    private static readonly Dictionary<string, (EncapsulationOptions In, DecapsulationOptions Out)> Tunnels = new(StringComparer.Ordinal)
    {
        ["vxlan"] = (new() { Tunnel = new VxlanTunnel { Local = Local4, Remote = Remote4, NetworkIdentifier = 0xABCDEF, Link = Link } }, new() { Kinds = TunnelKind.Vxlan, NetworkIdentifier = 0xABCDEF }),
        ["geneve over IPv6"] = (new() { Tunnel = new GeneveTunnel { Local = Local6, Remote = Remote6, NetworkIdentifier = 0xABCDEF, Link = Link } }, new() { Kinds = TunnelKind.Geneve, NetworkIdentifier = 0xABCDEF }),
        ["gretap"] = (new() { Tunnel = new GreTunnel { Local = Local4, Remote = Remote4, IsBridge = true, HasChecksum = true, Key = 77, Link = Link } }, new() { Kinds = TunnelKind.GreTap, Key = 77 }),
        ["erspan"] = (new() { Tunnel = new ErspanTunnel { Local = Local4, Remote = Remote4, Type = ErspanType.TypeIII, SessionId = 9, Link = Link }, Clock = new CaptureClock() }, new() { Kinds = TunnelKind.Erspan, Session = 9 }),
        ["gre over IPv6"] = (new() { Tunnel = new GreTunnel { Local = Local6, Remote = Remote6, Key = 77 } }, new() { Kinds = TunnelKind.Gre, Key = 77 }),
        ["ip6tnl"] = (new() { Tunnel = new IPTunnel { Local = Local6, Remote = Remote6 } }, new() { Kinds = TunnelKind.IP6Tnl }),
        ["gue"] = (new() { Tunnel = new GueTunnel { Local = Local4, Remote = Remote4 } }, new() { Kinds = TunnelKind.Gue }),
        ["mpls-udp"] = (new() { Tunnel = new MplsInUdpTunnel { Local = Local4, Remote = Remote4, Labels = [new MplsLabel(100), new MplsLabel(200)] } }, new() { Kinds = TunnelKind.MplsUdp }),
    };

    public static TheoryData<string> Names => [.. Tunnels.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Random_frames_come_out_as_they_went_in(string name)
    {
        var source = new PlainFrameSource(new Random(62));
        byte[][] frames = [.. Enumerable.Range(0, 500).Select(_ => source.Next(0)).Select(frame => frame.Build(frame.Payload[..Math.Min(frame.Payload.Length, 500)], new SegmentPlace(0, 0, true)))];
        ThereAndBack(name, PlainCapture.WritePcap(1, frames));
    }

    [CorpusTheory]
    [MemberData(nameof(Names))]
    public void Every_capture_comes_out_as_it_went_in(string name)
    {
        // Links that no Ethernet frame fits become Ethernet where frames are asked for.
        bool takesFrames = Tunnels[name].In.Tunnel.Link is not null;
        foreach (string path in Corpus.Captures.Concat(Corpus.OwnCaptures).Where(path => !path.EndsWith(".snoop", StringComparison.Ordinal)))
        {
            byte[] capture = File.ReadAllBytes(path);
            if (!takesFrames || PlainCapture.Read(capture).All(packet => packet.LinkType is 1 or 127))
                ThereAndBack(name, capture);
        }
    }

    [Fact]
    public void The_outer_headers_are_those_of_plain_code()
    {
        byte[] inner = Decapsulating.Build(Frames.Payload(100), new PlainEthernet(), new PlainIP(new IPv4Fields()), new PlainTcp(new TcpFields()));
        var tunnel = new VxlanTunnel { Local = Local4, Remote = Remote4, NetworkIdentifier = 66, Link = Link, SourcePorts = SourcePortRange.Only(40000) };
        (_, byte[] output) = Run(PlainCapture.WritePcap(1, inner), new EncapsulationOptions { Tunnel = tunnel });
        byte[] frame = Assert.Single(PlainCapture.Read(output)).Bytes;
        byte[] expected = Frames.Ethernet(Frames.Vxlan(
            new IPv4Fields { Source = Local4, Destination = Remote4, Id = 0, DontFragment = false }, FieldChecksum.Good, inner));
        Assert.Equal(Convert.ToHexString(expected[14..]), Convert.ToHexString(frame[14..]));
        Assert.Equal([2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0], frame[..14]);
    }

    [Fact]
    public void Checksums_that_are_left_to_the_receiver_are_half_made_inside_and_come_back()
    {
        var source = new PlainFrameSource(new Random(63));
        byte[][] frames = [.. Enumerable.Range(0, 300).Select(_ => source.Next(0)).Select(frame => frame.Build(frame.Payload[..Math.Min(frame.Payload.Length, 500)], new SegmentPlace(0, 0, true)))];
        byte[] capture = PlainCapture.WritePcap(1, frames);
        foreach (Tunnel tunnel in (Tunnel[])
        [
            new VxlanTunnel { Local = Local6, Remote = Remote6, Link = Link, RemoteChecksum = new RemoteChecksumOptions { Transmit = true } },
            new GueTunnel { Local = Local4, Remote = Remote4, RemoteChecksum = new RemoteChecksumOptions { Transmit = true } },
        ])
        {
            (EncapsulationReport report, byte[] output) = Run(capture, new EncapsulationOptions { Tunnel = tunnel, LeavesChecksums = true, KeepOthers = true });
            Assert.InRange(report.RemoteChecksums, 200, 300);
            (DecapsulationReport back, byte[] restored) = Decapsulating.Run(output, new DecapsulationOptions { KeepOthers = true });
            Assert.Equal(report.RemoteChecksums, back.RemoteChecksums);
            Assert.Equal(capture, restored);
        }
    }

    [Fact]
    public void Why_packets_do_not_go_in_is_told()
    {
        byte[] arp = Frames.Ethernet(0x0806, Frames.Payload(46));
        byte[] ip6 = Frames.Ethernet(Frames.Tcp(new IPv6Fields(), new TcpFields(), []));
        byte[] labelled = [.. Frames.Addresses, 0x88, 0x47, 0, 1, 1, 64, .. ip6[14..]];
        (EncapsulationReport report, byte[] output) = Run(
            PlainCapture.WritePcap(1, arp, ip6, [1, 2, 3]), new EncapsulationOptions { Tunnel = new IPTunnel { Local = Local4, Remote = Remote4 }, Version = LayerKind.IPv4 });
        Assert.Equal(KeyValuePair.Create(EncapsulationFault.NoPacket, 3L), Assert.Single(report.Others));
        Assert.Empty(PlainCapture.Read(output));

        byte[] huge = new byte[65_530];
        arp.CopyTo(huge, 0);
        (report, _) = Run(PlainCapture.WritePcap(1, huge, [1, 2]), Tunnels["vxlan"].In);
        Assert.Equal([(EncapsulationFault.NoFrame, 1), (EncapsulationFault.TooLong, 1)], report.Others.Select(other => (other.Key, other.Value)));

        (report, _) = Run(PlainCapture.WritePcap(0, [24, 0, 0, 0, .. ip6[14..]]), Tunnels["gue"].In);
        Assert.Equal(EncapsulationFault.NoLink, Assert.Single(report.Others).Key);
        Assert.Equal(1, Run(PlainCapture.WritePcap(1, labelled), Tunnels["gue"].In).Report.Encapsulated);
    }

    [Fact]
    public void A_packet_cut_short_says_outside_how_long_it_was()
    {
        byte[] inner = Decapsulating.Build(Frames.Payload(500), new PlainEthernet(), new PlainIP(new IPv4Fields()), new PlainTcp(new TcpFields()));
        byte[] capture = PlainCapture.WritePcap(1, [new PlainPacket(1, 0, (uint)inner.Length, 0, inner[..100])]);
        PlainPacket packet = Assert.Single(PlainCapture.Read(Run(capture, Tunnels["vxlan"].In).Output));
        Assert.Equal((150, (uint)inner.Length + 50), (packet.Bytes.Length, packet.OriginalLength));
        Assert.Equal(inner.Length + 36, (packet.Bytes[16] << 8) | packet.Bytes[17]);
    }

    [Fact]
    public void A_merged_super_frame_goes_in_and_out_with_its_note()
    {
        var stream = new PlainFrame([new PlainEthernet(), new PlainIP(new IPv4Fields { Id = 9 }), new PlainTcp(new TcpFields())], Frames.Payload(900));
        PcapNgFile o = new();
        byte[] note = o.Comment("wiretrue: merged, gso_type tcpv4, gso_size 100, gso_segs 9");
        byte[] capture = new PcapNgFile().Section().Interface().Enhanced(stream.Build(), options: [.. o.Flags(0xA00), .. note, .. o.End()]).ToArray();
        byte[] inside = Run(capture, Tunnels["vxlan"].In).Output;

        byte[][] segments = [.. PlainCapture.Read(Repairing.Run(inside).Output).Select(packet => packet.Bytes[50..])];
        Assert.Equal(stream.Segments(100), segments);
        Assert.Equal(capture, Decapsulating.Run(inside).Output);
        Assert.Contains("gso_type tcpv4|udp_tunnel_csum,", System.Text.Encoding.Latin1.GetString(inside), StringComparison.Ordinal);
    }

    private static void ThereAndBack(string name, byte[] capture)
    {
        (EncapsulationReport report, byte[] inside) = Run(capture, Tunnels[name].In with { KeepOthers = true });
        (DecapsulationReport back, byte[] outside) = Decapsulating.Run(inside, Tunnels[name].Out with { KeepOthers = true });
        Assert.Equal(report.Encapsulated, back.Decapsulated);
        List<PlainPacket> before = PlainCapture.Read(capture), after = PlainCapture.Read(outside);
        Assert.Equal(before.Select(packet => (packet.LinkType, packet.OriginalLength, packet.Time)), after.Select(packet => (packet.LinkType, packet.OriginalLength, packet.Time)));
        Assert.Equal(before.Select(packet => Convert.ToHexString(packet.Bytes)), after.Select(packet => Convert.ToHexString(packet.Bytes)));
        // A snapped simple block becomes an enhanced one, as only that can say that it is.
        if (capture.Length == outside.Length)
            Assert.True(capture.AsSpan().SequenceEqual(outside), $"differs at {capture.AsSpan().CommonPrefixLength(outside)}");
    }

    private static (EncapsulationReport Report, byte[] Output) Run(byte[] capture, EncapsulationOptions options)
    {
        using var folder = new TempFolder();
        string input = folder.Write("in", capture);
        using CaptureReader reader = CaptureReader.Open(input);
        using CaptureOutput output = CaptureOutput.Create(folder["out"], new CaptureOutputOptions { Input = input });
        EncapsulationReport report = CaptureEncapsulation.Run(reader, output, options);
        output.Complete();
        byte[] bytes = File.ReadAllBytes(folder["out"]);
        Assert.Equal(PlainCapture.Read(bytes).Count, report.OutPackets);
        Assert.Equal(report.InPackets, report.Encapsulated + report.Others.Sum(other => other.Value));
        return (report, bytes);
    }
}
