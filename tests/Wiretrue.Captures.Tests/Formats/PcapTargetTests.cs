using Wiretrue.Captures.Formats;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Tests.Formats;

public sealed class PcapTargetTests
{
    [Fact]
    public void The_target_holds_every_interface_that_has_packets()
    {
        PcapNgFile o = new();
        PcapNgFile ng = new PcapNgFile().Section().Interface(101, 500_000).Interface(101, 0, [.. o.Option(9, 9), .. o.End()]);
        ng.Enhanced(Reading.Packet(60)).Enhanced(Reading.Packet(60), 1);
        Assert.Equal(new PcapTarget(LinkType.Raw, Nanoseconds: true, FcsLength: 0, SnapLength: 500_000), Of(ng));
    }

    [Fact]
    public void Check_sequences_of_different_lengths_are_of_none_that_could_be_told()
    {
        PcapNgFile o = new();
        byte[] four = [.. o.Option(13, 32), .. o.End()];
        PcapNgFile Start() => new PcapNgFile().Section().Interface(options: four).Interface().Enhanced(Reading.Packet(60));
        Assert.Equal(4, Of(Start()).FcsLength);
        Assert.Equal(0, Of(Start().Enhanced(Reading.Packet(60), 1)).FcsLength);
    }

    [Theory]
    [InlineData(0, 262_144)]
    [InlineData(96, 262_144)]
    [InlineData(1_000_000, 1_000_000)]
    [InlineData(0xFFFFFFFF, int.MaxValue)]
    public void The_snapshot_length_is_never_below_what_everyone_writes_nor_above_what_everyone_reads(uint stated, uint expected)
        => Assert.Equal(expected, Of(new PcapNgFile().Section().Interface(snapLength: stated).Enhanced(Reading.Packet(60))).SnapLength);

    [Fact]
    public void A_capture_of_no_packets_can_be_any_pcap()
        => Assert.Equal(PcapTarget.Nothing, Of(new PcapNgFile().Section().Interface(113)));

    [Fact]
    public void Sections_count_together()
    {
        PcapNgFile ng = new PcapNgFile().Section().Interface(1).Enhanced(Reading.Packet(60)).Section(true).Interface(113)
            .Enhanced(Reading.Packet(60));
        CaptureFormatException e = Assert.Throws<CaptureFormatException>(() => Of(ng));
        Assert.Equal(2, e.PacketNumber);
        Assert.Contains("link types 1 and 113", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_ends_the_look_ahead_without_a_word()
    {
        PcapNgFile ng = new PcapNgFile().Section().Interface(113).Enhanced(Reading.Packet(60)).Block(6, new byte[40], length: 8);
        Assert.Equal(LinkType.LinuxSll, Of(ng).LinkType);
    }

    private static PcapTarget Of(PcapNgFile file)
    {
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(file.ToArray()), "test", windowSize: 64);
        return PcapTarget.Of(reader);
    }
}
