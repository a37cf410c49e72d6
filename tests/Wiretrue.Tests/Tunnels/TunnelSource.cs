using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;
using Wiretrue.Tunnels;

namespace Wiretrue.Tests.Tunnels;

/// <summary>Seeded random tunnels of all kinds, each said twice: in the library's settings, and in plain headers.</summary>
internal sealed class TunnelSource(Random random)
{
    private static readonly EthernetHeaderFields Link = new(0x02000000000B, 0x02000000000A, 0);

    /// <summary>A tunnel that carries what begins as <paramref name="inner"/> does: with an Ethernet header, or with IP.</summary>
    public TunnelCase Next(PlainFrame inner)
    {
        IPFields ip = NextIP();
        return inner.Headers[0] is PlainEthernet ? AroundFrame(inner, ip) : AroundPacket(inner, ip);
    }

    /// <summary>Tunnels around one another, the innermost first.</summary>
    public TunnelCase[] Nest(PlainFrame inner, int count)
    {
        var cases = new TunnelCase[count];
        for (int i = 0; i < count; i++)
        {
            cases[i] = Next(inner);
            inner = cases[i].Outer;
        }
        return cases;
    }

    /// <summary>One that leaves the inner checksum to the receiver.</summary>
    public TunnelCase NextRemote(PlainFrame inner, bool isEager)
    {
        IPFields ip = NextIP();
        var options = new RemoteChecksumOptions { Transmit = true, Receive = true, IsEager = isEager };
        UdpFields udp = NextUdp(hasChecksum: true);
        if (inner.Headers[0] is not PlainEthernet)
        {
            var gue = new GueTunnel { Local = ip.Source, Remote = ip.Destination, RemoteChecksum = options };
            return Make(gue, ip, inner, udp, new PlainGue(HasRemoteChecksum: true));
        }
        int number = random.Next(1 << 24);
        var vxlan = new VxlanTunnel { Local = ip.Source, Remote = ip.Destination, NetworkIdentifier = number, RemoteChecksum = options };
        return Make(vxlan, ip, inner, udp, new PlainVxlan(number, HasRemoteChecksum: true));
    }

    private TunnelCase AroundFrame(PlainFrame inner, IPFields ip)
    {
        int number = random.Next(1 << 24);
        UdpFields udp = NextUdp(Chance(2));
        switch (random.Next(4))
        {
            case 0:
                byte[] options = NextGeneveOptions();
                return Make(
                    new GeneveTunnel { Local = ip.Source, Remote = ip.Destination, NetworkIdentifier = number, Options = [.. options] },
                    ip, inner, udp, new PlainGeneve(number, options));
            case 1:
                return Make(
                    new VxlanGpeTunnel { Local = ip.Source, Remote = ip.Destination, NetworkIdentifier = number }, ip, inner, udp, new PlainVxlanGpe(number));
            case 2:
                return NextGre(inner, ip, isBridge: true);
            default:
                ushort? group = Chance(2) ? (ushort)random.Next(1, 65536) : null;
                return Make(
                    new VxlanTunnel
                    {
                        Local = ip.Source,
                        Remote = ip.Destination,
                        NetworkIdentifier = number,
                        GroupPolicy = group is { } named ? new GroupPolicy(named) : null,
                    },
                    ip, inner, udp, new PlainVxlan(number, group));
        }
    }

    private TunnelCase AroundPacket(PlainFrame inner, IPFields ip)
    {
        int number = random.Next(1 << 24);
        UdpFields udp = NextUdp(Chance(2));
        bool isIPv4 = inner.Headers[0] is PlainIP { Fields: IPv4Fields };
        switch (random.Next(8))
        {
            case 0:
                return Make(new GueTunnel { Local = ip.Source, Remote = ip.Destination }, ip, inner, udp, new PlainGue());
            case 1:
                return Make(new GueTunnel { Local = ip.Source, Remote = ip.Destination, IsDirect = true }, ip, inner, udp);
            case 2:
                var fou = new FouTunnel(inner.Headers[0].Port, isIPv4 ? IPProtocol.IPv4 : IPProtocol.IPv6)
                {
                    Local = ip.Source,
                    Remote = ip.Destination,
                };
                return Make(fou, ip, inner, udp);
            case 3:
                return Make(
                    new VxlanGpeTunnel { Local = ip.Source, Remote = ip.Destination, NetworkIdentifier = number }, ip, inner, udp, new PlainVxlanGpe(number));
            case 4:
                byte[] options = NextGeneveOptions();
                return Make(
                    new GeneveTunnel { Local = ip.Source, Remote = ip.Destination, NetworkIdentifier = number, Options = [.. options] },
                    ip, inner, udp, new PlainGeneve(number, options));
            case 5:
                int[] labels = NextLabels();
                return Make(
                    new MplsInUdpTunnel { Local = ip.Source, Remote = ip.Destination, Labels = LabelsOf(labels) },
                    ip, inner, udp, [.. labels.Select(label => new PlainMpls(label))]);
            case 6:
                return NextGre(inner, ip, isBridge: false);
            default:
                var tunnel = new IPTunnel { Local = ip.Source, Remote = ip.Destination, EncapsulationLimit = NextLimit() };
                return Make(tunnel, WithLimit(ip, tunnel, inner), inner, []);
        }
    }

    private TunnelCase NextGre(PlainFrame inner, IPFields ip, bool isBridge)
    {
        uint? key = Chance(2) ? (uint)random.NextInt64(1L << 32) : null;
        bool hasChecksum = Chance(2);
        var tunnel = new GreTunnel
        {
            Local = ip.Source,
            Remote = ip.Destination,
            IsBridge = isBridge,
            Key = key,
            HasChecksum = hasChecksum,
            EncapsulationLimit = NextLimit(),
        };
        return Make(tunnel, WithLimit(ip, tunnel, inner), inner, [new PlainGre(hasChecksum, key)]);
    }

    private TunnelCase Make(UdpTunnel tunnel, IPFields ip, PlainFrame inner, UdpFields udp, params PlainHeader[] headers)
    {
        bool hasChecksum = udp.Checksum == FieldChecksum.Good;
        ushort? fixedPort = tunnel is GueTunnel { IsDirect: true } ? GueTunnel.AssignedPort : null;
        tunnel = tunnel with
        {
            SourcePorts = SourcePortRange.Only(udp.SourcePort),
            UdpChecksum = hasChecksum,
            ZeroChecksum6Transmit = !hasChecksum,
            ZeroChecksum6Receive = !hasChecksum,
        };
        return Make(tunnel, ip, inner, [new PlainUdp(udp, fixedPort), .. headers]);
    }

    private TunnelCase Make(Tunnel tunnel, IPFields ip, PlainFrame inner, PlainHeader[] headers)
    {
        bool isFrame = Chance(2);
        (IPFields seen, bool isInnerSeen) = SeenOf(inner);
        DontFragment dontFragment = (DontFragment)random.Next(3);
        bool inheritsHops = Chance(4), inheritsType = Chance(3);
        byte hops = (byte)random.Next(1, 256), type = (byte)(random.Next(64) << 2);
        tunnel = tunnel with
        {
            Link = isFrame ? Link : null,
            TimeToLive = inheritsHops ? null : hops,
            TypeOfService = inheritsType ? null : type,
            DontFragment = dontFragment,
            FlowLabel = ip is IPv6Fields v6 ? v6.FlowLabel : 0,
        };
        byte service = inheritsType ? (byte)(seen.TrafficClass & ~3) : type;
        // Congestion that was seen inside is not shown outside (RFC 6040 4.1).
        service |= (byte)((seen.TrafficClass & 3) == 3 ? 2 : seen.TrafficClass & 3);
        ip = ip with { TrafficClass = service, HopLimit = !inheritsHops ? hops : isInnerSeen ? seen.HopLimit : (byte)64 };
        if (ip is IPv4Fields v4)
            ip = v4 with { DontFragment = dontFragment == DontFragment.Always || (dontFragment == DontFragment.Inherit && IsWhole(inner, seen, isInnerSeen)) };
        ushort identification = ip is IPv4Fields numbered ? numbered.Id : (ushort)0;
        PlainHeader[] all = [.. isFrame ? (PlainHeader[])[new PlainEthernet()] : [], new PlainIP(ip), .. headers, .. inner.Headers];
        return new TunnelCase(tunnel, identification, inner, inner with { Headers = all });
    }

    /// <summary>The IP header of which the outer one may take something: behind Ethernet and its tags, no deeper.</summary>
    private static (IPFields Fields, bool IsThere) SeenOf(PlainFrame inner) =>
        inner.Headers.SkipWhile(header => header is PlainEthernet or PlainVlan).First() is PlainIP ip
            ? (ip.Fields, true)
            : (new IPv4Fields(), false);

    // Behind a tag Linux does not look.
    private static bool IsWhole(PlainFrame inner, IPFields seen, bool isInnerSeen) =>
        isInnerSeen && !inner.Headers.TakeWhile(header => header is not PlainIP).Any(header => header is PlainVlan)
            && seen is IPv6Fields or IPv4Fields { DontFragment: true };

    /// <summary>Over IPv6, with the option that says into how many tunnels more the packet may go (RFC 2473 4.1.1).</summary>
    private static IPFields WithLimit(IPFields ip, NetworkTunnel tunnel, PlainFrame inner)
    {
        byte? limit = SeenOf(inner).Fields is IPv6Fields { Extensions: [.., (60, [_, _, 4, 1, var said, ..])] } ? (byte)(said - 1) : tunnel.EncapsulationLimit;
        return ip is IPv6Fields v6 && limit is { } most ? v6 with { Extensions = [(60, [0, 0, 4, 1, most, 1, 1, 0])] } : ip;
    }

    private IPFields NextIP() => Chance(2)
        ? new IPv4Fields { Id = (ushort)random.Next(65536) }
        : new IPv6Fields { FlowLabel = random.Next(1 << 20) };

    private byte? NextLimit() => Chance(2) ? (byte)random.Next(3, 256) : null;

    private UdpFields NextUdp(bool hasChecksum) => new()
    {
        SourcePort = (ushort)random.Next(1, 65536),
        Checksum = hasChecksum ? FieldChecksum.Good : FieldChecksum.Zero,
    };

    private int[] NextLabels() => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(16, 1 << 20))];

    private static MplsLabel[] LabelsOf(int[] labels) => [.. labels.Select(label => new MplsLabel(label, TimeToLive: 64))];

    private byte[] NextGeneveOptions()
    {
        var options = new List<byte>();
        for (int count = random.Next(4); count > 0; count--)
        {
            byte[] data = new byte[4 * random.Next(16)];
            random.NextBytes(data);
            options.AddRange([1, 2, 0x40, (byte)(data.Length / 4), .. data]);
        }
        return [.. options];
    }

    private bool Chance(int oneOf) => random.Next(oneOf) == 0;
}
