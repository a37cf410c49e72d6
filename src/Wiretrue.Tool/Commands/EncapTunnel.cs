using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Wiretrue.Captures.Tunnelling;
using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Tool.CommandLine;
using Wiretrue.Tunnels;

namespace Wiretrue.Tool.Commands;

/// <summary>The tunnel that a call of <c>wiretrue encap</c> describes.</summary>
/// <param name="Tunnel">The tunnel.</param>
/// <param name="Clock">What its header tells the time by; null when it tells none.</param>
internal sealed record EncapTunnel(Tunnel Tunnel, CaptureClock? Clock)
{
    private const ulong DefaultLocalMac = 0x02_00_00_00_00_01;
    private const ulong DefaultRemoteMac = 0x02_00_00_00_00_02;

    // The same capture gives the same ports each time.
    private static readonly FlowHash Flows = new((UInt128)0x77697265_74727565);

    /// <summary>Makes it of what was given.</summary>
    /// <returns>False with one line that says what cannot be.</returns>
    public static bool TryCreate(
        ParseResult parsed, string type, IPAddress local, IPAddress remote, [NotNullWhen(true)] out EncapTunnel? tunnel,
        [NotNullWhen(false)] out string? error)
    {
        tunnel = null;
        if (!TryReadNumbers(parsed, out Numbers numbers, out error)
            || !TryMac(parsed, EncapOptions.LocalMac, DefaultLocalMac, out ulong localMac, out error)
            || !TryMac(parsed, EncapOptions.RemoteMac, DefaultRemoteMac, out ulong remoteMac, out error))
        {
            return false;
        }

        CaptureClock? clock = type == "erspan3" ? new CaptureClock() : null;
        EthernetHeaderFields? link = EncapTypes.TakesFrames(type) ? new EthernetHeaderFields(remoteMac, localMac, EtherType.IPv4) : null;
        Tunnel made = Make(parsed, type, local, remote, numbers, clock) with
        {
            Link = link,
            TimeToLive = numbers.InheritsTimeToLive ? null : (byte)(numbers.TimeToLive ?? 64),
            TypeOfService = numbers.InheritsTypeOfService ? null : (byte)(numbers.TypeOfService ?? 0),
            DontFragment = parsed.GetValue(EncapOptions.DontFragment) switch
            {
                "set" => DontFragment.Always,
                "inherit" => DontFragment.Inherit,
                _ => DontFragment.Never,
            },
            FlowHash = Flows,
        };
        tunnel = new EncapTunnel(made is UdpTunnel udp ? OverUdp(udp, parsed, numbers) : made, clock);
        return true;
    }

    private static Tunnel Make(ParseResult parsed, string type, IPAddress local, IPAddress remote, in Numbers numbers, CaptureClock? clock)
    {
        int vni = (int)(numbers.Vni ?? 0);
        var remoteChecksum = new RemoteChecksumOptions { Transmit = parsed.Has(EncapOptions.RemoteChecksum), Receive = true };
        switch (type)
        {
            case "vxlan":
                return new VxlanTunnel
                {
                    Local = local,
                    Remote = remote,
                    NetworkIdentifier = vni,
                    GroupPolicy = numbers.Group is { } group ? new GroupPolicy((ushort)group) : null,
                    RemoteChecksum = remoteChecksum,
                };
            case "vxlan-gpe":
                return new VxlanGpeTunnel { Local = local, Remote = remote, NetworkIdentifier = vni };
            case "geneve":
                return new GeneveTunnel { Local = local, Remote = remote, NetworkIdentifier = vni };
            case "gre" or "gretap":
                return new GreTunnel
                {
                    Local = local,
                    Remote = remote,
                    IsBridge = type == "gretap",
                    Key = (uint?)numbers.Key,
                    HasChecksum = parsed.Has(EncapOptions.Checksum),
                    HasSequence = parsed.Has(EncapOptions.Sequence),
                };
            case "erspan2" or "erspan3":
                return new ErspanTunnel
                {
                    Local = local,
                    Remote = remote,
                    Type = type == "erspan2" ? ErspanType.TypeII : ErspanType.TypeIII,
                    SessionId = (ushort)(numbers.Session ?? 0),
                    Clock = clock ?? TimeProvider.System,
                };
            case "gue":
                return new GueTunnel { Local = local, Remote = remote, IsDirect = parsed.Has(EncapOptions.Direct), RemoteChecksum = remoteChecksum };
            case "fou":
                bool isIPv6 = parsed.GetValue(EncapOptions.Inner) == "ipv6";
                return new FouTunnel((ushort)numbers.Port!, isIPv6 ? IPProtocol.IPv6 : IPProtocol.IPv4) { Local = local, Remote = remote };
            case "mpls-udp":
                return new MplsInUdpTunnel { Local = local, Remote = remote, Labels = [.. numbers.Labels.Select(label => new MplsLabel((int)label))] };
            default:
                return new IPTunnel { Local = local, Remote = remote, EncapsulationLimit = null };
        }
    }

    private static UdpTunnel OverUdp(UdpTunnel tunnel, ParseResult parsed, in Numbers numbers)
    {
        bool hasChecksum = parsed.GetValue(EncapOptions.UdpChecksum) != "off";
        return tunnel with
        {
            DestinationPort = (ushort?)numbers.Port ?? tunnel.DestinationPort,
            SourcePorts = numbers.SourcePort is { } port ? SourcePortRange.Only((ushort)port) : tunnel.SourcePorts,
            UdpChecksum = hasChecksum,
            ZeroChecksum6Transmit = !hasChecksum,
        };
    }

    private static bool TryReadNumbers(ParseResult parsed, out Numbers numbers, [NotNullWhen(false)] out string? error)
    {
        numbers = new Numbers
        {
            Labels = [],
            InheritsTimeToLive = parsed.GetValue(EncapOptions.TimeToLive) == "inherit",
            InheritsTypeOfService = parsed.GetValue(EncapOptions.TypeOfService) == "inherit",
        };
        error = null;
        if (!TryRead(parsed, EncapOptions.Vni, 0, 0xFFFFFF, out numbers.Vni, out error)
            || !TryRead(parsed, EncapOptions.Key, 0, uint.MaxValue, out numbers.Key, out error)
            || !TryRead(parsed, EncapOptions.Session, 0, 1023, out numbers.Session, out error)
            || !TryRead(parsed, EncapOptions.Group, 0, ushort.MaxValue, out numbers.Group, out error)
            || !TryRead(parsed, EncapOptions.Port, 1, ushort.MaxValue, out numbers.Port, out error)
            || !TryRead(parsed, EncapOptions.SourcePort, 1, ushort.MaxValue, out numbers.SourcePort, out error)
            || (!numbers.InheritsTimeToLive && !TryRead(parsed, EncapOptions.TimeToLive, 1, 255, out numbers.TimeToLive, out error))
            || (!numbers.InheritsTypeOfService && !TryRead(parsed, EncapOptions.TypeOfService, 0, 255, out numbers.TypeOfService, out error)))
        {
            return false;
        }

        foreach (string value in parsed.GetValue(EncapOptions.Label) ?? [])
        {
            if (!NumberRules.TryRead("--label", value, 0, 0xFFFFF, out long? label, out error))
            {
                return false;
            }

            numbers.Labels = [.. numbers.Labels, label!.Value];
        }

        error = null;
        return true;
    }

    private static bool TryRead(ParseResult parsed, Option<string> option, long least, long most, out long? number, [NotNullWhen(false)] out string? error) =>
        NumberRules.TryRead(option.Name, parsed.GetValue(option), least, most, out number, out error);

    private static bool TryMac(ParseResult parsed, Option<string> option, ulong otherwise, out ulong address, [NotNullWhen(false)] out string? error)
    {
        string? value = parsed.GetValue(option);
        address = otherwise;
        bool good = value is null
            || (value.Split(':') is { Length: 6 } parts && parts.All(part => part.Length == 2)
                && ulong.TryParse(string.Concat(parts), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out address));
        error = good ? null : $"{option.Name} must be a MAC address such as 02:00:00:00:00:01, not '{value}'";
        return good;
    }

    private struct Numbers
    {
        public long? Vni;
        public long? Key;
        public long? Session;
        public long? Group;
        public long? Port;
        public long? SourcePort;
        public long? TimeToLive;
        public long? TypeOfService;
        public long[] Labels;
        public bool InheritsTimeToLive;
        public bool InheritsTypeOfService;
    }
}
