namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>The kinds of bursts that are compared.</summary>
internal static class Bursts
{
    /// <summary>TCP over both versions of IP.</summary>
    public static BurstSource Tcp(Random random) => Of(random, number => Flow.Next(random, isTcp: true, IsIPv6(random), number).NextPacket);

    /// <summary>TCP in jumbo frames, as it takes to fill more than 64 KiB.</summary>
    public static BurstSource BigTcp(Random random) =>
        Of(random, number => Flow.Next(random, isTcp: random.Next(10) != 0, IsIPv6(random), number, random.Next(2000, 9000)).NextPacket);

    /// <summary>UDP over both, and TCP here and there.</summary>
    public static BurstSource Udp(Random random) =>
        Of(random, number => Flow.Next(random, isTcp: random.Next(8) == 0, IsIPv6(random), number).NextPacket);

    /// <summary>TCP and UDP, each flow in a VLAN of its own or in none. A veth drops what is cut too short.</summary>
    public static BurstSource Vlan(Random random) => new(random, number =>
    {
        Func<byte[]> packets = NextInner(random, number);
        (ushort, ushort)[] tags = random.Next(4) == 0 ? [] : [(random.Next(3) == 0 ? (ushort)0x88A8 : (ushort)0x8100, (ushort)random.Next(65536))];
        return () =>
        {
            if (tags.Length > 0 && random.Next(30) == 0)
                tags[0].Item2 ^= (ushort)(1 << random.Next(16));
            return BurstSource.InEthernet(random, packets(), tags);
        };
    }, isPure: true);

    /// <summary>TCP and UDP in VXLAN.</summary>
    public static BurstSource Vxlan(Random random) => Of(random, number => Tunnel.Vxlan(random, NextInner(random, number), number).NextPacket);

    /// <summary>TCP and UDP in GRE.</summary>
    public static BurstSource Gre(Random random) => Of(random, number => Tunnel.Gre(random, NextInner(random, number), number).NextPacket);

    /// <summary>IP in IP, of these two versions.</summary>
    public static BurstSource IPInIP(Random random, bool isOuterIPv6, bool isInnerIPv6) => Of(
        random,
        number => Tunnel.IP(random, Flow.Next(random, isTcp: random.Next(8) != 0, isInnerIPv6, number).NextPacket, isOuterIPv6, isInnerIPv6).NextPacket);

    /// <summary>All of these in between one another, and tunnels in tunnels.</summary>
    public static BurstSource Mixed(Random random) => Of(random, number => NextMixed(random, number));

    private static Func<byte[]> NextMixed(Random random, int number)
    {
        Func<byte[]> packets = Flow.Next(random, isTcp: random.Next(4) != 0, IsIPv6(random), number).NextPacket;
        bool isIPv6 = packets()[0] >> 4 == 6;
        for (int i = random.Next(3); i > 0; i--)
        {
            bool isOuterIPv6 = IsIPv6(random);
            packets = random.Next(3) switch
            {
                0 => Tunnel.Vxlan(random, packets, number).NextPacket,
                1 => Tunnel.Gre(random, packets, number).NextPacket,
                _ => Tunnel.IP(random, packets, isOuterIPv6, isIPv6).NextPacket,
            };
            isIPv6 = packets()[0] >> 4 == 6;
        }
        return packets;
    }

    private static Func<byte[]> NextInner(Random random, int number) =>
        Flow.Next(random, isTcp: random.Next(6) != 0, IsIPv6(random), number).NextPacket;

    private static bool IsIPv6(Random random) => random.Next(3) == 0;

    private static BurstSource Of(Random random, Func<int, Func<byte[]>> nextFlow) => new(random, number =>
    {
        Func<byte[]> packets = nextFlow(number);
        return () => BurstSource.InEthernet(random, packets());
    });
}
