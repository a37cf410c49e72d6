using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Tests.Formats.Emission;

public sealed class PcapEmitterTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void New_records_take_the_original_s_time_and_byte_order(bool bigEndian, bool nanoseconds)
    {
        PcapFile Start() => new PcapFile(bigEndian, nanoseconds);
        byte[] before = Start().Record(Reading.Packet(100), seconds: 5, fraction: 0xFEDCBA98).Record(Reading.Packet(61)).ToArray();
        byte[] expected = Start().Record(Emitting.Filled(60), seconds: 5, fraction: 0xFEDCBA98)
            .Record(Emitting.Filled(47, 1), seconds: 5, fraction: 0xFEDCBA98).Record(Reading.Packet(61)).ToArray();
        Assert.Equal(expected, Emitting.Copy(before, Emitting.Into([60, 47], comment: "has no place here")));
    }

    [Fact]
    public void A_new_record_may_be_snapped()
    {
        byte[] after = Emitting.Copy(new PcapFile().Record(Reading.Packet(100)).ToArray(), Emitting.Into([96], original: 1514));
        CaptureRecord record = Reading.Of(after).Records[0].Record;
        Assert.Equal((96, 1514u), (record.CapturedLength, record.OriginalLength));
    }

    [Fact]
    public void What_is_changed_in_place_is_written_so()
    {
        byte[] before = new PcapFile().Record(Reading.Packet(100)).Record(Reading.Packet(61)).ToArray();
        byte[] after = Emitting.Copy(before, (_, window, record) => window.Data(in window.Records[record])[7] = 0xEE);
        byte[] expected = [.. before];
        (expected[24 + 16 + 7], expected[24 + 16 + 100 + 16 + 7]) = (0xEE, 0xEE);
        Assert.Equal(expected, after);
    }

    [Fact]
    public void A_window_may_go_on_in_another_batch_after_any_record()
    {
        PcapFile file = new();
        for (int i = 0; i < 20; i++) file.Record(Reading.Packet(60 + i));
        byte[] before = file.ToArray();
        Copying.Change thirds = (emitter, window, record) =>
        {
            if (record % 3 != 0) return;
            CaptureRecord original = window.Records[record];
            RecordChange same = new() { CapturedLength = original.CapturedLength, OriginalLength = original.OriginalLength };
            window.Data(in original).CopyTo(emitter.Emit(record, in same));
        };
        for (int after = 0; after < 20; after++)
        {
            int at = after;
            Assert.Equal(before, Emitting.Pipe(before, thirds, 1 << 20, i => i == at));
        }
    }

    [Fact]
    public void A_super_frame_s_segments_may_go_on_in_another_batch()
    {
        byte[] before = new PcapFile().Record(Reading.Packet(100)).Record(Reading.Packet(61)).ToArray();
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(before), "test");
        RecordEmitter emitter = RecordEmitter.Create("test", CaptureFormat.Pcap, CaptureFormat.Pcap, canRevise: false);
        CaptureWindow window = new();
        (OutputBatch first, OutputBatch second) = (new(), new());
        RecordChange half = new() { CapturedLength = 50, OriginalLength = 50 };
        Assert.True(reader.Read(window));
        emitter.Begin(window, first);
        emitter.Emit(0, in half).Fill(0xA0);
        emitter.ContinueIn(second);
        emitter.Emit(0, in half).Fill(0xA1);
        emitter.End();
        byte[] expected = new PcapFile().Record(Emitting.Filled(50)).Record(Emitting.Filled(50, 1)).Record(Reading.Packet(61)).ToArray();
        byte[] after = [.. OutputBatchTests.Bytes(first), .. OutputBatchTests.Bytes(second)];
        Assert.Equal(expected, after);
    }
}
