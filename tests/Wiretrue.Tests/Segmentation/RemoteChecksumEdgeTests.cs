using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Reception;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Tests.Segmentation;

public sealed class RemoteChecksumEdgeTests
{
    private static readonly PlainEthernet Ethernet = new();
    private static readonly PlainIP IP = new(new IPv4Fields());
    private static readonly PlainUdp Udp = new(new UdpFields());

    [Fact]
    public void A_checksum_left_to_the_receiver_stays_half_made_when_there_is_one_segment_only()
    {
        PlainFrame frame = new(
            [Ethernet, IP, Udp, new PlainVxlan(7, HasRemoteChecksum: true), Ethernet, IP, new PlainTcp(new TcpFields())], Frames.Payload(100));
        byte[] segment = Assert.Single(Cutter.Cut(frame.Build(), frame.Offload(1000)));
        PropertyRun.AssertSame(frame.Build(frame.Payload, new SegmentPlace(0, 0, IsLast: true)), segment);
        PlainReceiver.Receive(segment);
    }

    [Fact]
    public void A_datagram_to_be_fragmented_has_no_checksum_to_leave_to_the_receiver()
    {
        PlainFrame frame = new([Ethernet, IP, Udp, new PlainVxlan(7, HasRemoteChecksum: true), Ethernet, IP, Udp], Frames.Payload(3000));
        Assert.Equal(DropReason.GsoTypeMismatch, Cutter.TryCut(frame.Build(), frame.Fragmentation(1000), NetDevice.Wire(), out _));
    }
}
