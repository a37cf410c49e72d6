using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Oracle.Tests.Guest;

/// <summary>A tunnel of the guest's: how it is made, and the headers that it puts before an IP packet.</summary>
/// <param name="Name">What it is, for a failing test to say.</param>
/// <param name="Outer">4 or 6: the version of the outer IP header; 0 when there is none.</param>
/// <param name="Inner">The versions that it carries.</param>
/// <param name="Setup">
/// What <c>ip</c> is told to make the device <c>NAME</c>, from <c>LOCAL</c> to <c>REMOTE</c>, with the number <c>ID</c> where it has one. When
/// it is empty, <paramref name="Route"/> does all.
/// </param>
/// <param name="Headers">What stands between the outer IP header and the packet, or between Ethernet and the packet when there is none.</param>
/// <param name="Route">How packets are sent into it.</param>
public sealed record GuestTunnel(string Name, int Outer, int[] Inner, string Setup, PlainHeader[] Headers, string Route = "dev NAME")
{
    private const string Addresses = "local LOCAL remote REMOTE";

    private static readonly int[] V4 = [4], V6 = [6], Both = [4, 6];
    private static readonly PlainEthernet Ethernet = new();
    private static readonly PlainUdp Zero = new(new UdpFields { Checksum = FieldChecksum.Zero });
    private static readonly PlainUdp Summed = new(new UdpFields());

    /// <summary>Everything that can be had.</summary>
    public static IReadOnlyList<GuestTunnel> All { get; } =
    [
        new("VLAN", 0, Both, "link add link eth1 name NAME type vlan id 5", [new PlainVlan(0x8100, 5)]),
        new("802.1ad", 0, Both, "link add link eth1 name NAME type vlan proto 802.1ad id 7", [new PlainVlan(0x88A8, 7)]),
        new("MPLS", 0, Both, "", [new PlainMpls(100), new PlainMpls(200)], "encap mpls 100/200 via VIA dev eth1"),
        new("IPIP", 4, V4, $"link add NAME type ipip {Addresses} ttl 64", []),
        new("SIT", 4, V6, $"link add NAME type sit {Addresses} ttl 64", []),
        new("IP in IPv6", 6, Both, $"link add NAME type ip6tnl mode any {Addresses} encaplimit none hoplimit 64", []),
        .. Gre("", []), .. Gre("key 7", [], key: 7), .. Gre("csum", [], checksum: true), .. Gre("csum key 9", [], checksum: true, key: 9),
        .. Gre("", [Ethernet], "tap"), .. Gre("csum key 11", [Ethernet], "tap", checksum: true, key: 11),
        .. Udp("VXLAN", "type vxlan id ID dstport 4789", "udpcsum", "noudp6zerocsumtx", "noudpcsum", "udp6zerocsumtx",
            [new PlainVxlan(0), Ethernet]),
        .. Udp("Geneve", "type geneve id ID dstport 6081", "udpcsum", "noudp6zerocsumtx", "noudpcsum", "udp6zerocsumtx",
            [new PlainGeneve(0, []), Ethernet]),
        new("VXLAN with remote checksums", 4, Both, $"link add NAME type vxlan id ID dstport 4789 {Addresses} ttl 64 udpcsum remcsumtx",
            [Summed, new PlainVxlan(0, HasRemoteChecksum: true), Ethernet]),
        .. OverUdp("ipip", V4, "fou encap-dport 5504", []), .. OverUdp("sit", V6, "fou encap-dport 5541", []),
        .. OverUdp("gre", Both, "fou encap-dport 5547", [new PlainGre()]),
        .. OverUdp("gretap", Both, "fou encap-dport 5547", [new PlainGre(), Ethernet]),
        .. OverUdp("ipip", V4, "gue encap-dport 6080", [new PlainGue()]), .. OverUdp("sit", V6, "gue encap-dport 6080", [new PlainGue()]),
        .. OverUdp("gre", Both, "gue encap-dport 6080", [new PlainGue(), new PlainGre()]),
        .. OverUdp("gretap", Both, "gue encap-dport 6080", [new PlainGue(), new PlainGre(), Ethernet]),
        Over("ipip", V4, "gue encap-dport 6080 encap-csum encap-remcsum", [Summed, new PlainGue(HasRemoteChecksum: true)]),
        Over("gre", Both, "gue encap-dport 6080 encap-csum encap-remcsum", [Summed, new PlainGue(HasRemoteChecksum: true), new PlainGre()]),
    ];

    /// <summary>The device sends Ethernet frames, so it has a hardware address and neighbours.</summary>
    public bool IsLink => Headers.Any(header => header is PlainEthernet or PlainVlan);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static GuestTunnel[] OverUdp(string type, int[] inner, string encapsulation, PlainHeader[] inside) =>
    [
        Over(type, inner, $"{encapsulation} encap-csum", [Summed, .. inside]),
        Over(type, inner, $"{encapsulation} noencap-csum", [Zero, .. inside]),
    ];

    private static GuestTunnel Over(string type, int[] inner, string encapsulation, PlainHeader[] headers) =>
        new($"{type} over {encapsulation}", 4, inner, $"link add NAME type {type} {Addresses} ttl 64 encap {encapsulation}", headers);

    private static GuestTunnel[] Gre(string options, PlainHeader[] inside, string type = "", bool checksum = false, uint? key = null) =>
    [
        new($"GRE{type} {options} over IPv4", 4, Both, $"link add NAME type gre{type} {Addresses} ttl 64 {options}",
            [new PlainGre(checksum, key), .. inside]),
        new($"GRE{type} {options} over IPv6", 6, Both, $"link add NAME type ip6gre{type} {Addresses} encaplimit none hoplimit 64 {options}",
            [new PlainGre(checksum, key), .. inside]),
    ];

    private static GuestTunnel[] Udp(string name, string type, string sum4, string sum6, string zero4, string zero6, PlainHeader[] inside)
    {
        string addresses = name == "VXLAN" ? Addresses : "remote REMOTE";
        string make = $"link add NAME {type} {addresses} ttl 64";
        return
        [
            new($"{name} with a checksum over IPv4", 4, Both, $"{make} {sum4}", [Summed, .. inside]),
            new($"{name} without a checksum over IPv4", 4, Both, $"{make} {zero4}", [Zero, .. inside]),
            new($"{name} with a checksum over IPv6", 6, Both, $"{make} {sum6}", [Summed, .. inside]),
            new($"{name} without a checksum over IPv6", 6, Both, $"{make} {zero6}", [Zero, .. inside]),
        ];
    }
}
