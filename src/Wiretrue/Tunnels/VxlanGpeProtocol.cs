namespace Wiretrue.Tunnels;

/// <summary>What follows VXLAN-GPE, as far as it is carried (<c>TUN_P_*</c>, net/tun_proto.h).</summary>
internal static class VxlanGpeProtocol
{
    public const byte IPv4 = 1;
    public const byte IPv6 = 2;
    public const byte Ethernet = 3;
}
