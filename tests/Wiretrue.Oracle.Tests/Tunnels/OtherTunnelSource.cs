using System.Net;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Testing.Kernel;
using Wiretrue.Tunnels;

namespace Wiretrue.Oracle.Tests.Tunnels;

/// <summary>Seeded random tunnels for which there is no device in the kernel, but a program of its own that puts their headers before a packet.</summary>
internal sealed class OtherTunnelSource(int seed)
{
    // The plain frames' addresses.
    private static readonly EthernetHeaderFields Link = new(0x02_00_00_00_00_0B, 0x02_00_00_00_00_0A, default);

    private readonly Random _random = new(seed);

    /// <summary>A tunnel without a checksum of its own, for IPv4 or IPv6.</summary>
    public Tunnel Next(bool isIPv4)
    {
        (IPAddress from, IPAddress to) = NextAddresses();
        int number = _random.Next(1 << 24);
        Tunnel tunnel = _random.Next(7) switch
        {
            0 => new IPTunnel { Local = from, Remote = to, EncapsulationLimit = Chance() ? (byte)4 : null },
            1 => new GreTunnel { Local = from, Remote = to, Key = NextKey(), EncapsulationLimit = null },
            2 => new FouTunnel(isIPv4 ? (ushort)5504 : (ushort)5541, isIPv4 ? IPProtocol.IPv4 : IPProtocol.IPv6) { Local = from, Remote = to },
            3 => new GueTunnel { Local = from, Remote = to, IsDirect = Chance() },
            4 => new VxlanGpeTunnel { Local = from, Remote = to, NetworkIdentifier = number },
            5 => new MplsInUdpTunnel { Local = from, Remote = to, Labels = [new MplsLabel(_random.Next(16, 1 << 20))] },
            _ => new GeneveTunnel { Local = from, Remote = to, NetworkIdentifier = number },
        };
        return Finish(tunnel is UdpTunnel udp ? udp with { UdpChecksum = false, ZeroChecksum6Transmit = true } : tunnel);
    }

    /// <summary>GRE or UDP with a checksum, to the end of a <see cref="ProgrammedRoute"/>.</summary>
    public Tunnel NextWithChecksum()
    {
        (IPAddress from, IPAddress to) = NextAddresses();
        to = from.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? ProgrammedRoute.EndIPv4 : ProgrammedRoute.EndIPv6;
        return Finish(_random.Next(3) switch
        {
            0 => new GreTunnel { Local = from, Remote = to, Key = NextKey(), HasChecksum = true, EncapsulationLimit = null },
            1 => new GueTunnel { Local = from, Remote = to, IsDirect = true },
            _ => new VxlanGpeTunnel { Local = from, Remote = to, NetworkIdentifier = _random.Next(1 << 24) },
        });
    }

    private (IPAddress From, IPAddress To) NextAddresses() => Chance()
        ? (IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2"))
        : (IPAddress.Parse("2001:db8::1"), IPAddress.Parse("2001:db8::2"));

    private Tunnel Finish(Tunnel tunnel) => tunnel with
    {
        Link = Link,
        TimeToLive = Chance() ? null : (byte)_random.Next(2, 256),
        TypeOfService = Chance() ? null : (byte)_random.Next(256),
        DontFragment = (DontFragment)_random.Next(3),
        FlowLabel = _random.Next(1 << 20),
    };

    private uint? NextKey() => Chance() ? (uint)_random.NextInt64(1L << 32) : null;

    private bool Chance() => _random.Next(2) == 0;
}
