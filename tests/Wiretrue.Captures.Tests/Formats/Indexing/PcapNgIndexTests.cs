using Wiretrue.Captures.Formats;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Tests.Formats.Indexing;

public sealed class PcapNgIndexTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_three_packet_blocks_are_found_in_both_byte_orders(bool bigEndian)
    {
        PcapNgFile file = new PcapNgFile(bigEndian).Section().Interface(link: 101, snapLength: 50);
        int at = file.Length;
        file.Enhanced(Reading.Packet(61), original: 70).Simple(Reading.Packet(50, 2), original: 90)
            .Obsolete(Reading.Packet(3, 3), drops: 7);
        Reading reading = Reading.Of(file.ToArray());

        Assert.Equal([Reading.Packet(61), Reading.Packet(50, 2), Reading.Packet(3, 3)], reading.Records.Select(r => r.Data));
        Assert.Equal([70u, 90u, 3u], reading.Records.Select(r => r.Record.OriginalLength));
        Assert.Equal([RecordShape.EnhancedPacket, RecordShape.SimplePacket, RecordShape.ObsoletePacket],
            reading.Records.Select(r => r.Record.Shape));
        Assert.All(
            reading.Records.Select(r => r.Record), r => Assert.Equal((LinkType.Raw, bigEndian, 0), (r.LinkType, r.BigEndian, r.Interface)));
        Assert.Equal([at, at + 96, at + 96 + 68], reading.Records.Select(r => (int)r.Offset));
        Assert.Equal(file.ToArray(), reading.Bytes);
    }

    [Fact]
    public void Sections_of_different_byte_order_number_their_interfaces_on()
    {
        PcapNgFile file = new PcapNgFile().Section(bigEndian: false).Interface(link: 1).Interface(link: 101);
        file.Enhanced(Reading.Packet(60), interfaceId: 1);
        file.Section(bigEndian: true).Interface(link: 113).Enhanced(Reading.Packet(61), interfaceId: 0);
        file.Section(bigEndian: false).Interface(link: 1).Interface(link: 276).Enhanced(Reading.Packet(62), interfaceId: 1);
        Reading reading = Reading.Of(file.ToArray());
        Assert.Equal([1, 2, 4], reading.Records.Select(r => r.Record.Interface));
        Assert.Equal([LinkType.Raw, LinkType.LinuxSll, LinkType.LinuxSll2], reading.Records.Select(r => r.Record.LinkType));
        Assert.Equal([false, true, false], reading.Records.Select(r => r.Record.BigEndian));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Flags_hash_and_check_sequence_length_are_read_from_the_options(bool bigEndian)
    {
        PcapNgFile file = new PcapNgFile(bigEndian).Section();
        file.Interface(options: [.. file.Option(13, 32), .. file.End()]);
        int at = file.Length;
        file.Enhanced(Reading.Packet(61), options: [.. file.Comment("hello"), .. file.Flags(0xA00), .. file.Option(3, 2, 9, 9, 9, 9),
            .. file.End()]);
        file.Enhanced(Reading.Packet(61), options: [.. file.Flags(2 << 5), .. file.End()]);
        file.Enhanced(Reading.Packet(61));
        List<ReadRecord> records = Reading.Of(file.ToArray()).Records;

        CaptureRecord first = records[0].Record;
        Assert.Equal(PacketFlags.ChecksumNotReady | PacketFlags.TcpSegmentationOffload, first.Flags);
        Assert.True(first.HasHash);
        Assert.Equal(at + 28 + 64, first.OptionsOffset);
        Assert.Equal(first.OptionsOffset + 12 + 4, first.FlagsOffset);
        Assert.Equal(4, first.FcsLength);
        Assert.Equal(2, records[1].Record.FcsLength);
        CaptureRecord third = records[2].Record;
        Assert.Equal((0, 0, PacketFlags.None, false), (third.OptionsOffset, third.FlagsOffset, third.Flags, third.HasHash));
    }

    [Fact]
    public void Malformed_options_are_no_reason_to_stop()
    {
        PcapNgFile file = new PcapNgFile().Section().Interface(options: [9, 0, 200, 0, 1, 2, 3, 4]);
        file.Enhanced(Reading.Packet(60), options: [2, 0, 255, 255]).Enhanced(Reading.Packet(60), options: [2, 0, 3, 0, 1, 2, 3, 0]);
        List<ReadRecord> records = Reading.Of(file.ToArray()).Records;
        Assert.Equal(2, records.Count);
        Assert.All(records, r => Assert.Equal(0, r.Record.FlagsOffset));
    }

    [Fact]
    public void The_interfaces_tell_resolution_offset_and_limits()
    {
        PcapNgFile file = new PcapNgFile().Section();
        file.Interface(1, 96, [.. file.Option(2, [.. "eth0"u8]), .. file.Option(9, 0x8A),
            .. file.Option(14, file.Long(unchecked((ulong)-5))), .. file.Option(13, 4), .. file.End()]);
        file.Interface(101);
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(file.ToArray()), "test");
        CaptureWindow window = new();
        Assert.True(reader.Read(window));
        Assert.Equal(2, window.Interfaces.Length);
        Assert.Equal(
            new CaptureInterface
            {
                LinkType = LinkType.Ethernet,
                SnapLength = 96,
                Resolution = new(0x8A),
                TimestampOffset = -5,
                FcsLength = 4,
            },
            window.Interfaces[0]);
        Assert.Equal(new CaptureInterface { LinkType = LinkType.Raw, Resolution = TimestampResolution.Microseconds }, window.Interfaces[1]);
        Assert.Equal([0], window.Sections.ToArray());
    }

    [Fact]
    public void Blocks_that_hold_no_packet_pass_between_the_records()
    {
        PcapNgFile file = new PcapNgFile().Section().Block(4, new byte[16]).Interface().Block(0x0BAD, []).Enhanced(Reading.Packet(60));
        file.Block(5, new byte[12]).Block(10, new byte[40]).Block(0x0000_0BAD, Reading.Packet(80)).Enhanced(Reading.Packet(61))
            .Block(0x4000_0BAD, new byte[4]);
        Reading reading = Reading.Of(file.ToArray());
        Assert.Equal([60, 61], reading.Records.Select(r => r.Data.Length));
        Assert.Equal(file.ToArray(), reading.Bytes);
    }

    public static TheoryData<string, byte[], string> Lies()
    {
        static PcapNgFile Start() => new PcapNgFile().Section().Interface().Enhanced(Reading.Packet(60));
        PcapNgFile words = new();
        byte[] tooMuch = [.. words.Word(0), .. words.Word(0), .. words.Word(0), .. words.Word(61), .. words.Word(61), .. new byte[60]];
        return new()
        {
            { "length below 12", Start().Block(6, new byte[40], length: 8).ToArray(), "says 8 bytes" },
            { "length no multiple of 4", Start().Block(6, new byte[40], length: 51).ToArray(), "says 51 bytes" },
            { "length above what is believed", Start().Block(6, new byte[40], length: 0xFFFFFFFC).ToArray(), "says 4294967292 bytes" },
            { "trailer that differs", Start().Block(5, new byte[40], trailer: 48).ToArray(), "52 bytes at its start and 48 at its end" },
            { "more captured than there is room", Start().Block(6, tooMuch).ToArray(), "61 captured bytes, and has room for 60" },
            { "interface never described", Start().Enhanced(Reading.Packet(60), 1).ToArray(), "of interface 1, where its section" },
            { "interface of the section before", Start().Section().Enhanced(Reading.Packet(60)).ToArray(), "section has described 0" },
            { "enhanced packet too short", Start().Block(6, new byte[12]).ToArray(), "enhanced packet block has 24 bytes" },
            { "simple packet too short", Start().Block(3, []).ToArray(), "simple packet block has 12 bytes" },
            { "simple packet longer than its block", Start().Simple(Reading.Packet(60), 99).ToArray(), "should hold 99 captured bytes" },
            { "interface description too short", Start().Block(1, [1, 0, 0, 0]).ToArray(), "interface description block has 16 bytes" },
            { "byte order of a section", Start().Block(0x0A0D0D0A, new byte[16]).ToArray(), "byte-order magic is 0x00000000" },
            { "version of a section", Start().Section(major: 2).ToArray(), "pcapng version 2.0" },
            { "section header too short", Start().Block(0x0A0D0D0A, words.Word(0x1A2B3C4D)).ToArray(), "header block has 16 bytes" },
        };
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public void A_lie_is_told_with_its_place_after_the_packets_before_it(string lie, byte[] file, string expected)
    {
        int start = new PcapNgFile().Section().Interface().Enhanced(Reading.Packet(60)).Length;
        if (lie.Contains("of the section before", StringComparison.Ordinal)) start += 28;
        foreach (int windowSize in (int[])[64, 1 << 20])
        {
            Reading reading = Reading.Of(file, windowSize);
            Assert.Single(reading.Records);
            Assert.Contains(expected, reading.Error!.Message, StringComparison.Ordinal);
            Assert.Equal((start, 2L), (reading.Error.Offset, reading.Error.PacketNumber));
            Assert.Equal(start, reading.Bytes.Length);
        }
    }

    [Fact]
    public void A_flood_of_interfaces_is_an_end_and_no_flood_of_memory()
    {
        byte[] one = new PcapNgFile().Interface().ToArray();
        byte[] file = [.. new PcapNgFile().Section().ToArray(), .. Enumerable.Repeat(one, 300_000).SelectMany(b => b)];
        Reading reading = Reading.Of(file);
        Assert.Contains("more than 262144 interfaces", reading.Error!.Message, StringComparison.Ordinal);
    }
}
