using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>Bursts of one flow, each with one thing in it that coalescing has to heed; and what Linux makes of them.</summary>
internal static class GroCases
{
    private const int Size = 1000;

    /// <summary>TCP.</summary>
    public static IEnumerable<GroCase> Tcp() =>
    [
        // Identifications.
        new("identifications that count", Tcp4(5), 5),
        new("identifications that stay", Tcp4(5, (i, ip) => ip with { Id = 7 }), 5),
        new("identifications that stay, without DF", Tcp4(5, (i, ip) => ip with { Id = 7, DontFragment = false }), 5),
        new("identifications that count, without DF", Tcp4(5, (i, ip) => ip with { DontFragment = false }), 5),
        new("identifications at random", Tcp4(5, (i, ip) => ip with { Id = (ushort)(i * 7919) }), 1, 1, 1, 1, 1),
        new("identifications that wrap", Tcp4(5, (i, ip) => ip with { Id = (ushort)(65534 + i) }), 5),
        new("identifications that begin to count late", Tcp4(4, (i, ip) => ip with { Id = (ushort)(i < 2 ? 7 : 6 + i) }), 2, 2),
        new("DF on the third", Tcp4(4, (i, ip) => ip with { DontFragment = i == 2 }), 2, 1, 1),

        // Flags.
        new("PSH on the third", Tcp4(5, tcp: (i, tcp) => Flag(tcp, TcpFields.Psh, i == 2)), 3, 2),
        new("FIN on the last", Tcp4(5, tcp: (i, tcp) => Flag(tcp, TcpFields.Fin, i == 4)), 5),
        new("FIN on the second", Tcp4(4, tcp: (i, tcp) => Flag(tcp, TcpFields.Fin, i == 1)), 2, 2),
        new("SYN on the first", Tcp4(3, tcp: (i, tcp) => Flag(tcp, TcpFields.Syn, i == 0)), 1, 2),
        new("RST on the second", Tcp4(4, tcp: (i, tcp) => Flag(tcp, TcpFields.Rst, i == 1)), 1, 1, 2),
        new("URG on all", Tcp4(3, tcp: (i, tcp) => Flag(tcp, TcpFields.Urg, isSet: true)), 1, 1, 1),
        new("CWR on the first", Tcp4(4, tcp: (i, tcp) => Flag(tcp, TcpFields.Cwr, i == 0)), 1, 3),
        new("CWR on the second", Tcp4(4, tcp: (i, tcp) => Flag(tcp, TcpFields.Cwr, i == 1)), 1, 1, 2),
        new("CWR on all", Tcp4(4, tcp: (i, tcp) => Flag(tcp, TcpFields.Cwr, isSet: true)), 1, 1, 1, 1),
        new("ECE on all", Tcp4(4, tcp: (i, tcp) => Flag(tcp, TcpFields.Ece, isSet: true)), 4),
        new("ECE on the third", Tcp4(4, tcp: (i, tcp) => Flag(tcp, TcpFields.Ece, i == 2)), 2, 1, 1),
        new("AE on the third", Tcp4(4, tcp: (i, tcp) => Flag(tcp, TcpFields.Ae, i == 2)), 2, 1, 1),
        new("AE on all", Tcp4(4, tcp: (i, tcp) => Flag(tcp, TcpFields.Ae, isSet: true)), 4),

        // What else a TCP header says.
        new("acknowledgments that count", Tcp4(3, tcp: (i, tcp) => tcp with { Acknowledgment = (uint)(7 + i) }), 1, 1, 1),
        new("windows that grow", Tcp4(3, tcp: (i, tcp) => tcp with { Window = (ushort)(1000 + i) }), 1, 1, 1),
        new("the same timestamps", Tcp4(4, tcp: (i, tcp) => tcp with { Options = Timestamps(50) }), 4),
        new("timestamps that grow", Tcp4(4, tcp: (i, tcp) => tcp with { Options = Timestamps(50 + i) }), 1, 1, 1, 1),
        new("a wrong checksum on the third", Tcp4(5, tcp: (i, tcp) => i == 2 ? tcp with { Checksum = FieldChecksum.Bad } : tcp), 1, 2, 2),
        new("a segment that is missing", Tcp4(4, tcp: (i, tcp) => i < 2 ? tcp : tcp with { Sequence = tcp.Sequence + Size }), 2, 2),
        new("segments that changed places", [.. Swap(Tcp4(4), 1, 2)], 1, 1, 1, 1),
        new("acknowledgments alone", Tcp4(3, payload: _ => 0), 1, 1, 1),

        // Lengths.
        new("a short last", Tcp4(4, payload: i => i == 3 ? 300 : Size), 4),
        new("a short second", Tcp4(4, payload: i => i == 1 ? 300 : Size), 2, 2),
        new("a longer second", Tcp4(4, payload: i => i == 1 ? 1200 : Size), 1, 2, 1),
        new("padding behind the packet", [.. Tcp4(3, payload: _ => 4).Select(frame => (byte[])[.. frame, 0, 0])], 1, 1, 1),
        new("more than 64 KiB", Tcp4(64, payload: _ => 1448), 45, 19),

        // IPv4.
        new("another time to live on the third", Tcp4(4, (i, ip) => ip with { HopLimit = (byte)(i == 2 ? 63 : 64) }), 2, 1, 1),
        new("another type of service on the third", Tcp4(4, (i, ip) => ip with { TrafficClass = (byte)(i == 2 ? 4 : 0) }), 2, 1, 1),
        new("congestion experienced by the third", Tcp4(4, (i, ip) => ip with { TrafficClass = (byte)(i == 2 ? 3 : 2) }), 2, 1, 1),
        new("IPv4 options", Tcp4(3, (i, ip) => ip with { Options = [1, 1, 1, 0] }), 1, 1, 1),
        new("a wrong IPv4 header checksum on the third", Tcp4(4, (i, ip) => i == 2 ? ip with { HeaderChecksum = FieldChecksum.Bad } : ip), 1, 2, 1),

        // IPv6.
        new("IPv6", Tcp6(5), 5),
        new("flow labels that differ", Tcp6(3, (i, ip) => ip with { FlowLabel = 5 + i }), 1, 1, 1),
        new("traffic classes that differ", Tcp6(3, (i, ip) => ip with { TrafficClass = (byte)(4 * i) }), 1, 1, 1),
        new("hop limits that differ", Tcp6(3, (i, ip) => ip with { HopLimit = (byte)(64 - i) }), 1, 1, 1),
        new("hop-by-hop options", Tcp6(4, (i, ip) => ip with { Extensions = [(0, [0, 0, 1, 4, 0, 0, 0, 0])] }), 4),

        // In between one another.
        new("two flows in turns", [.. Tcp4(4).Zip(Tcp6(4), (a, b) => (byte[][])[a, b]).SelectMany(pair => pair)], 4, 4),
    ];

    /// <summary>Four frames with a VLAN tag in their bytes.</summary>
    public static IReadOnlyList<byte[]> Tagged() => [.. Tcp4(4).Select(frame => (byte[])[.. frame[..12], 0x81, 0, 0, 5, .. frame[12..]])];

    /// <summary>UDP, where it is coalesced for forwarding (<c>rx-udp-gro-forwarding</c>).</summary>
    public static IEnumerable<GroCase> Udp() =>
    [
        new("datagrams", Udp4(5), 5),
        new("a short last datagram", Udp4(5, payload: i => i == 4 ? 500 : Size), 5),
        new("a short first datagram", Udp4(4, payload: i => i == 0 ? 500 : Size), 1, 3),
        new("datagrams with identifications that stay", Udp4(4, (_, ip) => ip with { Id = 7 }), 4),
        new("datagrams without a checksum", Udp4(4, udp: (_, udp) => udp with { Checksum = FieldChecksum.Zero }), 1, 1, 1, 1),
        new("64 datagrams", Udp4(64, payload: _ => 100), 64),
    ];

    private static List<byte[]> Tcp4(
        int count, Func<int, IPv4Fields, IPFields>? ip = null, Func<int, TcpFields, TcpFields>? tcp = null, Func<int, int>? payload = null) =>
        Build(count, i => Changed(ip, i, new IPv4Fields { Id = (ushort)(100 + i) }), tcp, payload);

    private static List<byte[]> Tcp6(int count, Func<int, IPv6Fields, IPFields>? ip = null) =>
        Build(count, i => Changed(ip, i, new IPv6Fields { FlowLabel = 5 }), tcp: null, payload: null);

    private static List<byte[]> Udp4(
        int count, Func<int, IPv4Fields, IPFields>? ip = null, Func<int, UdpFields, UdpFields>? udp = null, Func<int, int>? payload = null) =>
    [
        .. Enumerable.Range(0, count).Select(i => Frames.Ethernet(Frames.Udp(
            Changed(ip, i, new IPv4Fields { Id = (ushort)(100 + i) }), udp?.Invoke(i, new UdpFields()) ?? new UdpFields(),
            Frames.Payload(payload?.Invoke(i) ?? Size, seed: i + 3)))),
    ];

    private static List<byte[]> Build(int count, Func<int, IPFields> ip, Func<int, TcpFields, TcpFields>? tcp, Func<int, int>? payload)
    {
        var frames = new List<byte[]>();
        uint sequence = 1000;
        for (int i = 0; i < count; i++)
        {
            byte[] bytes = Frames.Payload(payload?.Invoke(i) ?? Size, seed: i + 3);
            var fields = new TcpFields { Sequence = sequence };
            frames.Add(Frames.Ethernet(Frames.Tcp(ip(i), tcp?.Invoke(i, fields) ?? fields, bytes)));
            sequence += (uint)bytes.Length;
        }
        return frames;
    }

    private static IPFields Changed<T>(Func<int, T, IPFields>? change, int index, T fields)
        where T : IPFields =>
        change?.Invoke(index, fields) ?? fields;

    private static TcpFields Flag(TcpFields tcp, ushort flag, bool isSet) => isSet ? tcp with { Flags = (ushort)(tcp.Flags | flag) } : tcp;

    private static byte[] Timestamps(int value) => [1, 1, 8, 10, 0, 0, 0, (byte)value, 0, 0, 0, 9];

    private static List<byte[]> Swap(List<byte[]> frames, int first, int second)
    {
        (frames[first], frames[second]) = (frames[second], frames[first]);
        return frames;
    }
}
