using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Tests.Receive.Coalescing.Tunnels;

/// <summary>Headers that the tests put around TCP, and the frames that follow one another with them.</summary>
internal static class TunnelFrames
{
    public static PlainEthernet Frame { get; } = new();

    public static PlainIP V4 { get; } = new(new IPv4Fields());

    public static PlainIP V6 { get; } = new(new IPv6Fields());

    public static PlainTcp Tcp { get; } = new(new TcpFields());

    public static PlainUdp Checked { get; } = new(new UdpFields());

    public static PlainUdp Unchecked { get; } = new(new UdpFields { Checksum = FieldChecksum.Zero });

    /// <summary>Four frames of one flow behind these headers and TCP.</summary>
    public static List<byte[]> Four(params PlainHeader[] headers) => Four(headers, headers);

    /// <summary>As the other, where the headers of the third and fourth frame are others.</summary>
    public static List<byte[]> Four(PlainHeader[] headers, PlainHeader[] others)
    {
        const int Size = 100;
        byte[] payload = Frames.Payload(4 * Size);
        return
        [
            .. Enumerable.Range(0, 4).Select(i => new PlainFrame([Frame, .. i < 2 ? headers : others, Tcp], [])
                .Build(payload[(i * Size)..((i + 1) * Size)], new SegmentPlace(i, i * Size, false))),
        ];
    }
}
