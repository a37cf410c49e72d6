using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Tunnels;

/// <summary>The kinds of frames whose checksums are done, half-made or left in every way that there is, one of each.</summary>
internal static class VxlanCases
{
    private const ushort TcpField = 16, UdpField = 6;

    private static readonly TcpFields Tcp = new() { Sequence = 1000, Flags = TcpFields.Psh | 0x10, Checksum = FieldChecksum.Partial };
    private static readonly UdpFields Udp = new() { Checksum = FieldChecksum.Partial };

    /// <summary>Super-frames of TCP and UDP over both families, and a frame of each.</summary>
    public static IReadOnlyList<SuperFrame> All { get; } =
    [
        Of("TCP over IPv4", Frames.Tcp(new IPv4Fields(), Tcp, Frames.Payload(4000)), 34, TcpField, VnetHeader.GsoTcpV4, 1400),
        Of("TCP over IPv4, three whole segments", Frames.Tcp(new IPv4Fields(), Tcp, Frames.Payload(4200)), 34, TcpField, VnetHeader.GsoTcpV4, 1400),
        Of("UDP over IPv4", Frames.Udp(new IPv4Fields(), Udp, Frames.Payload(4000)), 34, UdpField, VnetHeader.GsoUdpL4, 1400),
        Of("UDP over IPv6", Frames.Udp(new IPv6Fields(), Udp, Frames.Payload(4000)), 54, UdpField, VnetHeader.GsoUdpL4, 1400),
        Of("TCP over IPv6", Frames.Tcp(new IPv6Fields(), Tcp, Frames.Payload(4000)), 54, TcpField, VnetHeader.GsoTcpV6, 1400),
        Of("a frame of TCP", Frames.Tcp(new IPv4Fields(), Tcp, Frames.Payload(500)), 34, TcpField, VnetHeader.GsoNone, 0),
        Of("a frame of UDP", Frames.Udp(new IPv4Fields(), Udp, Frames.Payload(501)), 34, UdpField, VnetHeader.GsoNone, 0),
    ];

    /// <summary>A datagram to be divided into fragments, which share one checksum that nobody can leave to others.</summary>
    public static SuperFrame Datagram { get; } =
        Of("a datagram in fragments", Frames.Udp(new IPv4Fields { DontFragment = false }, Udp, Frames.Payload(4000)), 34, UdpField, VnetHeader.GsoUdp, 1400);

    private static SuperFrame Of(string what, byte[] packet, ushort start, ushort field, byte type, ushort size) => new(
        new VnetHeader { Flags = VnetHeader.NeedsChecksum, GsoType = type, GsoSize = size, ChecksumStart = start, ChecksumOffset = field },
        Frames.Ethernet(packet), what);
}
