using Wiretrue.Captures.Formats;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Tests.Formats.Indexing;

public sealed class PcapIndexTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Records_are_found_in_both_byte_orders_and_resolutions(bool bigEndian, bool nanoseconds)
    {
        byte[] file = new PcapFile(bigEndian, nanoseconds, link: 113).Record(Reading.Packet(60))
            .Record(Reading.Packet(33, 2), original: 1500).ToArray();
        Reading reading = Reading.Of(file);

        Assert.Equal(2, reading.Records.Count);
        Assert.Equal(Reading.Packet(60), reading.Records[0].Data);
        Assert.Equal(Reading.Packet(33, 2), reading.Records[1].Data);
        CaptureRecord second = reading.Records[1].Record;
        Assert.Equal((24 + 76, 16 + 33, 24 + 76 + 16), (second.BlockOffset, second.BlockLength, second.DataOffset));
        Assert.Equal((33, 1500u), (second.CapturedLength, second.OriginalLength));
        Assert.Equal((LinkType.LinuxSll, RecordShape.Pcap, bigEndian), (second.LinkType, second.Shape, second.BigEndian));
        Assert.True(second.IsSnapped);
        Assert.False(reading.Records[0].Record.IsSnapped);
        Assert.Equal(file, reading.Bytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_interface_tells_resolution_and_snapshot_length(bool nanoseconds)
    {
        byte[] file = new PcapFile(nanoseconds: nanoseconds, snapLength: 96).ToArray();
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(file), "test");
        CaptureWindow window = new();
        Assert.True(reader.Read(window));
        Assert.Equal(1, window.Interfaces.Length);
        Assert.Equal(nanoseconds ? TimestampResolution.Nanoseconds : TimestampResolution.Microseconds, window.Interfaces[0].Resolution);
        Assert.Equal(96u, window.Interfaces[0].SnapLength);
    }

    [Theory]
    [InlineData(0x24000001u, 4)]
    [InlineData(0x14000001u, 2)]
    [InlineData(0x20000001u, 0)]
    [InlineData(0x04000001u, 0)]
    public void The_upper_bits_of_the_link_type_tell_the_length_of_the_check_sequence(uint link, int expected)
    {
        CaptureRecord record = Reading.Of(new PcapFile(link: link).Record(Reading.Packet(64)).ToArray()).Records[0].Record;
        Assert.Equal(LinkType.Ethernet, record.LinkType);
        Assert.Equal(expected, record.FcsLength);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(1, 4)]
    [InlineData(543, 0)]
    public void Another_version_is_refused(int major, int minor)
    {
        Reading reading = Reading.Of(new PcapFile(major: (ushort)major, minor: (ushort)minor).Record(Reading.Packet(60)).ToArray());
        Assert.Empty(reading.Records);
        Assert.Contains($"pcap version {major}.{minor}", reading.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_alone_is_a_capture_of_no_packets()
    {
        Reading reading = Reading.Of(new PcapFile().ToArray());
        Assert.Empty(reading.Records);
        Assert.Null(reading.Error);
        Assert.Null(reading.Truncation);
        Assert.Equal(24, reading.Bytes.Length);
    }

    [Fact]
    public void A_packet_of_no_bytes_is_a_packet()
    {
        byte[] file = new PcapFile().Record([]).Record([]).Record(Reading.Packet(5)).ToArray();
        Assert.Equal([0, 0, 5], Reading.Of(file).Records.Select(r => r.Data.Length));
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(0x80000000u)]
    [InlineData(16u << 20)]
    public void An_absurd_length_is_told_after_the_packets_before_it(uint captured)
    {
        PcapFile file = new PcapFile().Record(Reading.Packet(60)).Record(Reading.Packet(61));
        int at = file.Length;
        Reading reading = Reading.Of([.. file.Header(captured, captured).ToArray(), .. new byte[500]]);
        Assert.Equal(2, reading.Records.Count);
        Assert.Equal((at, 3L), (reading.Error!.Offset, reading.Error.PacketNumber));
        Assert.Contains($"{captured} captured bytes", reading.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', reading.Error.Message);
    }

    [Fact]
    public void An_absurd_original_length_is_kept_for_others_to_judge()
    {
        byte[] file = new PcapFile().Record(Reading.Packet(60), original: uint.MaxValue).ToArray();
        Assert.Equal(uint.MaxValue, Reading.Of(file).Records[0].Record.OriginalLength);
    }
}
