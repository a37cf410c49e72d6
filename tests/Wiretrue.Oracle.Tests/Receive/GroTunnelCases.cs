using System.Net;
using Wiretrue.Testing.Kernel.Gro;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>Bursts of one flow of TCP in a tunnel, and what Linux makes of them.</summary>
internal static class GroTunnelCases
{
    private static readonly PlainIP Inner4 = new(new IPv4Fields()), Inner6 = new(new IPv6Fields());

    private static readonly PlainIP Outer4 = new(
        new IPv4Fields { Source = IPAddress.Parse("198.51.100.1"), Destination = IPAddress.Parse("198.51.100.2"), DontFragment = false });

    private static readonly PlainIP Outer6 = new(
        new IPv6Fields { Source = IPAddress.Parse("2001:db8:1::1"), Destination = IPAddress.Parse("2001:db8:1::2") });

    private static readonly PlainUdp Checked = new(new UdpFields(), GroRoute.VxlanPort);
    private static readonly PlainUdp Unchecked = new(new UdpFields { Checksum = FieldChecksum.Zero }, GroRoute.VxlanPort);

    /// <summary>VXLAN, for which there has to be a socket.</summary>
    public static GroCase Vxlan { get; } = Case("VXLAN with a checksum", [Outer4, Checked, new PlainVxlan(66), new PlainEthernet(), Inner4], 4);

    /// <summary>All of them.</summary>
    public static IEnumerable<GroCase> All() =>
    [
        Case("GRE", [Outer4, new PlainGre(), Inner4], 4),
        Case("GRE around IPv6", [Outer4, new PlainGre(), Inner6], 4),
        Case("GRE over IPv6", [Outer6, new PlainGre(), Inner4], 4),
        Case("GRE around Ethernet", [Outer4, new PlainGre(), new PlainEthernet(), Inner4], 4),
        Case("GRE with a key", [Outer4, new PlainGre(Key: 7), Inner4], 4),
        Case("GRE with a checksum", [Outer4, new PlainGre(HasChecksum: true), Inner4], 4),
        Case("GRE with a sequence number", [Outer4, new PlainGre(Sequence: 1), Inner4], 1, 1, 1, 1),

        Case("IPv4 in IPv4", [Outer4, Inner4], 4),
        Case("IPv6 in IPv4", [Outer4, Inner6], 4),
        Case("IPv6 in IPv6", [Outer6, Inner6], 4),
        Case("IPv4 in IPv6", [Outer6, Inner4], 4),
        Case("three IP headers", [Outer4, Outer4, Inner4], 1, 1, 1, 1),

        Vxlan,
        Case("VXLAN without a checksum", [Outer4, Unchecked, new PlainVxlan(66), new PlainEthernet(), Inner4], 4),
        Case("VXLAN over IPv6", [Outer6, Checked, new PlainVxlan(66), new PlainEthernet(), Inner4], 4),
        Case("VXLAN around IPv6", [Outer4, Checked, new PlainVxlan(66), new PlainEthernet(), Inner6], 4),
        Case("VXLAN with an outer identification that stays", [Outer4 with { HasFixedId = true }, Checked, new PlainVxlan(66), new PlainEthernet(), Inner4], 4),
        Case("VXLAN with an inner identification that stays", [Outer4, Checked, new PlainVxlan(66), new PlainEthernet(), Inner4 with { HasFixedId = true }], 4),
        Case("VXLAN in VXLAN",
            [Outer4, Checked, new PlainVxlan(66), new PlainEthernet(), Outer4, Checked, new PlainVxlan(67), new PlainEthernet(), Inner4], 1, 1, 1, 1),

        // A frame that is wrong overtakes; the one after it does not follow the one before it.
        Spoilt(Case("VXLAN around a wrong checksum", [Outer4, Unchecked, new PlainVxlan(66), new PlainEthernet(), Inner4], 1, 1, 2)),
        Spoilt(Case("VXLAN with a wrong checksum", [Outer4, Checked, new PlainVxlan(66), new PlainEthernet(), Inner4], 1, 1, 2)),
        Spoilt(Case("GRE with a wrong checksum", [Outer4, new PlainGre(HasChecksum: true), Inner4], 1, 1, 2)),
    ];

    private static GroCase Case(string name, IEnumerable<PlainHeader> headers, params int[] merged) => new(
        name,
        [.. new PlainFrame([new PlainEthernet(), .. headers, new PlainTcp(new TcpFields())], Frames.Payload(4000)).Segments(1000)],
        merged);

    private static GroCase Spoilt(GroCase known)
    {
        known.Burst[1][^1] ^= 1;
        return known;
    }
}
