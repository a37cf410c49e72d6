namespace Wiretrue.Tests.Headers;

/// <summary>Packets as Linux sent them between two namespaces, addresses of documentation (the captures in samples/).</summary>
internal static class RealBytes
{
    /// <summary>Ethernet, IPv4, TCP SYN with MSS, SACK permitted, timestamps and window scale; the checksum is the pseudo-header's sum.</summary>
    public static readonly byte[] TcpSynIPv4 = Hex.Bytes("""
        02 00 00 00 00 02 02 00 00 00 00 01 08 00 45 00
        00 3c 82 6e 40 00 40 06 34 4a c0 00 02 01 c0 00
        02 02 a1 06 13 89 d6 cd de 0b 00 00 00 00 a0 02
        fa f0 84 32 00 00 02 04 05 b4 04 02 08 0a 8a 47
        17 7c 00 00 00 00 01 03 03 0a
        """);

    /// <summary>The same over IPv6.</summary>
    public static readonly byte[] TcpSynIPv6 = Hex.Bytes("""
        02 00 00 00 00 02 02 00 00 00 00 01 86 dd 60 05
        3a 39 00 28 06 40 20 01 0d b8 00 00 00 00 00 00
        00 00 00 00 00 01 20 01 0d b8 00 00 00 00 00 00
        00 00 00 00 00 02 cf 26 13 89 ef 06 93 61 00 00
        00 00 a0 02 fd 20 5b a3 00 00 02 04 05 a0 04 02
        08 0a 1e d8 9c a2 00 00 00 00 01 03 03 0a
        """);

    /// <summary>A SYN in VXLAN: inner and outer checksum as the driver was given them.</summary>
    public static readonly byte[] VxlanTcpSyn = Hex.Bytes("""
        02 00 00 00 00 02 02 00 00 00 00 01 08 00 45 00
        00 6e 44 5a 00 00 40 11 b2 21 c0 00 02 01 c0 00
        02 02 c2 21 12 b5 00 5a a2 f5 08 00 00 00 00 00
        42 00 02 00 00 00 01 02 02 00 00 00 01 01 08 00
        45 00 00 3c b8 35 40 00 40 06 2e 1c c6 33 64 01
        c6 33 64 02 c3 e8 13 89 d6 6d fa 6f 00 00 00 00
        a0 02 fd 5c 54 99 00 00 02 04 05 82 04 02 08 0a
        39 ad 25 00 00 00 00 00 01 03 03 0a
        """);
}
