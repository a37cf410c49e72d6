using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>The judge must see what it judges.</summary>
[Trait("Category", "Judges")]
public sealed class TsharkTests
{
    [ToolFact("tshark")]
    public void It_counts_one_bad_header_per_protocol_and_depth()
    {
        var bad = new UdpFields { Checksum = FieldChecksum.Bad };
        byte[] inner = Frames.Ethernet(Frames.Tcp(new IPv4Fields(), new TcpFields { Checksum = FieldChecksum.Partial }, Frames.Payload(100)));
        using var folder = new TempFolder();
        string capture = folder.Write("bad.pcap", PlainCapture.WritePcap(
            1,
            Frames.Ethernet(Frames.Udp(new IPv4Fields { HeaderChecksum = FieldChecksum.Zero }, bad, Frames.Payload(10))),
            Frames.Ethernet(Frames.Udp(new IPv4Fields(), new UdpFields(), Frames.Payload(10))),
            Frames.Ethernet(Frames.Vxlan(new IPv6Fields(), FieldChecksum.Partial, inner)),
            Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Zero, [3, 0, 0, 4])),
            Frames.Ethernet(Frames.Sctp(new IPv4Fields(), FieldChecksum.Good, [3, 0, 0, 4]))));

        Dictionary<string, int> counts = Tshark.BadChecksums(capture);

        Assert.Equal(1, counts["ip"]);
        Assert.Equal(1, counts["tcp"]);
        Assert.Equal(2, counts["udp"]);
        Assert.Equal(1, counts["sctp"]);
    }
}
