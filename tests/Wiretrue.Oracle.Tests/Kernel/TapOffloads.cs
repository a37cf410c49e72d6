using Wiretrue.Devices;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>What a TAP's reader takes undone (<c>TUN_F_*</c>, linux/if_tun.h): the argument of <c>TUNSETOFFLOAD</c>.</summary>
[Flags]
public enum TapOffloads : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>TUN_F_CSUM</c>: half-made checksums.</summary>
    Checksum = 0x01,

    /// <summary><c>TUN_F_TSO4</c>: super-frames of TCP over IPv4.</summary>
    Tso4 = 0x02,

    /// <summary><c>TUN_F_TSO6</c>: super-frames of TCP over IPv6.</summary>
    Tso6 = 0x04,

    /// <summary><c>TUN_F_TSO_ECN</c>: those with CWR as well.</summary>
    TsoEcn = 0x08,

    /// <summary><c>TUN_F_UFO</c>: UDP to be cut into IP fragments; accepted, and without effect since Linux 4.14.</summary>
    Ufo = 0x10,

    /// <summary><c>TUN_F_USO4</c>: super-datagrams over IPv4; only together with <see cref="Uso6"/>.</summary>
    Uso4 = 0x20,

    /// <summary><c>TUN_F_USO6</c>: super-datagrams over IPv6; only together with <see cref="Uso4"/>.</summary>
    Uso6 = 0x40,

    /// <summary><c>TUN_F_UDP_TUNNEL_GSO</c>: super-frames in a UDP tunnel.</summary>
    UdpTunnel = 0x80,

    /// <summary><c>TUN_F_UDP_TUNNEL_GSO_CSUM</c>: in one with an outer checksum.</summary>
    UdpTunnelChecksum = 0x100,

    /// <summary>All that is not without effect.</summary>
    All = Checksum | Tso4 | Tso6 | TsoEcn | Uso4 | Uso6 | UdpTunnel | UdpTunnelChecksum,
}
