using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Segmentation;

public sealed class TcpSegmentationTests
{
    private static readonly TcpFields Owed = new() { Checksum = FieldChecksum.Partial, Options = TcpFields.Timestamps };

    [Fact]
    public void A_super_frame_becomes_the_frames_that_it_stands_for()
    {
        byte[] payload = Frames.Payload(4000);
        var ip = new IPv4Fields();
        AssertSame(
            Cutter.PlainTcp(ip, Owed, payload, 1448),
            Cutter.Cut(Frames.Ethernet(Frames.Tcp(ip, Owed, payload)), Cutter.State(GsoType.TcpV4, 1448, 34)));
    }

    [Fact]
    public void IPv6_has_its_payload_length_rewritten()
    {
        byte[] payload = Frames.Payload(4000);
        var ip = new IPv6Fields();
        AssertSame(
            Cutter.PlainTcp(ip, Owed, payload, 1428),
            Cutter.Cut(Frames.Ethernet(Frames.Tcp(ip, Owed, payload)), Cutter.State(GsoType.TcpV6, 1428, 54)));
    }

    private static void AssertSame(List<byte[]> packets, List<byte[]> frames) =>
        Assert.Equal(packets.Select(packet => Convert.ToHexString(Frames.Ethernet(packet))), frames.Select(Convert.ToHexString));
}
