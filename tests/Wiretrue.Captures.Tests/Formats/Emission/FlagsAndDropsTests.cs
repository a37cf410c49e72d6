using Wiretrue.Captures.Formats;
using Wiretrue.Testing.Captures;

namespace Wiretrue.Captures.Tests.Formats.Emission;

/// <summary>Records that are left out, and flags that new records have.</summary>
public sealed class FlagsAndDropsTests
{
    private const PacketFlags Both = PacketFlags.ChecksumNotReady | PacketFlags.TcpSegmentationOffload;

    [Theory]
    [InlineData(null)]
    [InlineData(CaptureFormat.Pcap)]
    [InlineData(CaptureFormat.PcapNg)]
    public void A_dropped_record_is_gone_and_its_neighbours_stay(CaptureFormat? format)
    {
        byte[][] packets = [.. Enumerable.Range(0, 20).Select(i => Reading.Packet(40 + i))];
        PcapNgFile ng = new PcapNgFile().Section().Interface();
        foreach (byte[] packet in packets)
            ng.Enhanced(packet);
        foreach (byte[] file in (byte[][])[PlainCapture.WritePcap(1, packets), ng.ToArray()])
        {
            byte[] output = Emitting.Copy(file, (emitter, _, record) =>
            {
                if (record % 3 != 1)
                    emitter.Drop(record);
            }, format);
            Assert.Equal(packets.Where((_, i) => i % 3 == 1), PlainCapture.Read(output).Select(packet => packet.Bytes));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Flags_are_set_where_there_are_some_and_added_where_there_are_none(bool bigEndian)
    {
        PcapNgFile o = new(bigEndian);
        byte[] before = new PcapNgFile(bigEndian).Section().Interface()
            .Enhanced(Reading.Packet(61), options: [.. o.Comment("x"), .. o.Flags(1), .. o.End()]).Enhanced(Reading.Packet(62)).ToArray();
        byte[] expected = new PcapNgFile(bigEndian).Section().Interface()
            .Enhanced(Emitting.Filled(50), options: [.. o.Comment("x"), .. o.Flags(0xA01), .. o.Comment("y"), .. o.End()])
            .Enhanced(Emitting.Filled(51), options: [.. o.Flags(0xA00), .. o.End()]).ToArray();
        Assert.Equal(expected, Emitting.Copy(before, (emitter, _, record) => emitter.Emit(record, new RecordChange
        {
            CapturedLength = 50 + record,
            OriginalLength = (uint)(50 + record),
            SetFlags = Both,
            Comment = record == 0 ? "y"u8 : default,
        }).Fill(0xA0)));
    }

    [Fact]
    public void A_pcap_that_becomes_pcapng_can_have_flags_and_a_comment()
    {
        PcapNgFile o = new();
        byte[] output = Emitting.Copy(PlainCapture.WritePcap(1, Reading.Packet(61)), (emitter, _, record) => emitter.Emit(record, new RecordChange
        {
            CapturedLength = 5,
            OriginalLength = 5,
            SetFlags = Both,
            Comment = "y"u8,
        }).Fill(0xA0), CaptureFormat.PcapNg);
        byte[] end = [.. Emitting.Filled(5), 0, 0, 0, .. o.Flags(0xA00), .. o.Comment("y"), .. o.End()];
        Assert.Equal(end, output[^(end.Length + 4)..^4]);
    }

    [Fact]
    public void A_simple_block_that_gets_flags_becomes_an_enhanced_one()
    {
        PcapNgFile o = new();
        byte[] before = new PcapNgFile().Section().Interface().Simple(Reading.Packet(61)).ToArray();
        byte[] expected = new PcapNgFile().Section().Interface().Enhanced(Emitting.Filled(61), options: [.. o.Flags(0xA00), .. o.End()]).ToArray();
        Assert.Equal(expected, Emitting.Copy(before, (emitter, _, record) => emitter.Emit(record, new RecordChange
        {
            CapturedLength = 61,
            OriginalLength = 61,
            SetFlags = Both,
        }).Fill(0xA0)));
    }

    [Fact]
    public void A_note_of_the_old_bytes_does_not_outlive_them()
    {
        PcapNgFile o = new();
        byte[] note = o.Comment("wiretrue: merged, gso_type tcpv4, gso_size 1448, gso_segs 44");
        byte[] before = new PcapNgFile().Section().Interface().Enhanced(Reading.Packet(61), options: [.. note, .. o.Comment("x"), .. o.End()]).ToArray();
        byte[] expected = new PcapNgFile().Section().Interface().Enhanced(Emitting.Filled(9), options: [.. o.Comment("x"), .. o.End()]).ToArray();
        Assert.Equal(expected, Emitting.Copy(before, Emitting.Into([9])));
        Assert.Equal(before, Emitting.Copy(before));
    }
}
