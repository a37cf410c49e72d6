using Wiretrue.Captures.Repair;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Reception;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Captures.Tests.Repair;

/// <summary>A tunnel that leaves the inner checksum to its receiver: on the wire the inner field is half-made, and right so.</summary>
public sealed class RemoteChecksumTests
{
    private static readonly PlainEthernet Frame = new();
    private static readonly PlainIP V4 = new(new IPv4Fields());
    private static readonly PlainTcp Tcp = new(new TcpFields());

    [Theory]
    [InlineData(false, FieldChecksum.Good)]
    [InlineData(true, FieldChecksum.Good)]
    [InlineData(false, FieldChecksum.Zero)]
    [InlineData(true, FieldChecksum.Zero)]
    public void What_the_wire_carried_is_not_touched(bool isGue, FieldChecksum outer)
    {
        PlainFrame frame = Build(isGue, outer, 900);
        byte[] capture = Repairing.Pcap([.. frame.Segments(450)]);
        (RepairReport report, byte[] output) = Repairing.Run(capture);
        Assert.Equal(capture, output);
        Assert.Equal((0L, 2L), (report.Completed, report.Untouched));
        Assert.Empty(report.Left);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Only_the_outer_checksum_was_left_to_the_card(bool isGue)
    {
        PlainFrame frame = Build(isGue, FieldChecksum.Good, 900);
        byte[] sent = frame.Segments(900).Single();
        (RepairReport report, byte[] output) = Repairing.Run(Repairing.Pcap(frame.Build()));
        Assert.Equal(Repairing.Pcap(sent), output);
        Assert.Equal(1, report.Completed);
    }

    [Fact]
    public void A_wrong_outer_checksum_is_not_made_good_by_completing_the_inner_one()
    {
        PlainFrame frame = Build(isGue: false, FieldChecksum.Good, 900);
        byte[] bad = frame.Segments(900).Single();
        bad[^1] ^= 0x10;
        byte[] capture = Repairing.Pcap(bad);
        (RepairReport report, byte[] output) = Repairing.Run(capture);
        Assert.Equal(capture, output);
        Assert.Single(report.Left);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_super_frame_is_cut_with_the_inner_fields_left_half_made(bool isGue)
    {
        PlainFrame frame = Build(isGue, FieldChecksum.Good, 5000);
        (RepairReport report, byte[] output) = Repairing.Run(Repairing.Pcap(frame.Build()));
        Assert.Equal(1, report.SuperFrames);
        List<PlainPacket> frames = PlainCapture.Read(output);
        Assert.Equal(report.Segments, frames.Count);
        int payload = frames.Sum(f => PlainReceiver.Receive(f.Bytes).Payload.Length);
        Assert.Equal(5000, payload);
        int size = PlainReceiver.Receive(frames[0].Bytes).Payload.Length;
        Assert.Equal(frame.Segments(size).Select(Convert.ToHexString), frames.Select(f => Convert.ToHexString(f.Bytes)));
    }

    private static PlainFrame Build(bool isGue, FieldChecksum outer, int payload)
    {
        PlainHeader[] tunnel = isGue ? [new PlainGue(HasRemoteChecksum: true)] : [new PlainVxlan(7, HasRemoteChecksum: true), Frame];
        return new PlainFrame([Frame, V4, new PlainUdp(new UdpFields { Checksum = outer }), .. tunnel, V4, Tcp], Frames.Payload(payload));
    }
}
