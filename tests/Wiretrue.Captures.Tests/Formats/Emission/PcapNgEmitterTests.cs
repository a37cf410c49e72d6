using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Tests.Formats.Emission;

public sealed class PcapNgEmitterTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Options_are_kept_byte_for_byte_but_for_what_no_longer_holds(bool bigEndian)
    {
        PcapNgFile Start() => new PcapNgFile(bigEndian).Section().Interface().Interface();
        PcapNgFile o = new(bigEndian);
        byte[] kept = [.. o.Comment("before"), .. o.Option(2988, 1, 2, 3, 4, 5, 6, 7), .. o.Option(5, 1, 2, 3, 4, 5, 6, 7, 8)];
        byte[] later = [.. o.Option(6, 9, 9, 9, 9), .. o.Option(7, 0, 1, 2), .. o.Option(1)];
        byte[] dropCount = o.Option(4, 0, 0, 0, 0, 0, 0, 0, 3);
        byte[] hash = o.Option(3, 2, 0xAA, 0xBB, 0xCC, 0xDD);
        byte[] before = Start().Enhanced(Reading.Packet(100), 1, 0x0123456789ABCDEF, null,
            [.. kept, .. o.Flags(0xE02), .. dropCount, .. hash, .. later, .. o.End()]).Enhanced(Reading.Packet(61)).ToArray();

        byte[] expected = Start()
            .Enhanced(Emitting.Filled(59), 1, 0x0123456789ABCDEF, null,
                [.. kept, .. o.Flags(0x402), .. dropCount, .. later, .. o.Comment("after é"), .. o.End()])
            .Enhanced(Emitting.Filled(41, 1), 1, 0x0123456789ABCDEF, null,
                [.. kept, .. o.Flags(0x402), .. later, .. o.Comment("after é"), .. o.End()])
            .Enhanced(Reading.Packet(61)).ToArray();
        PacketFlags clear = PacketFlags.ChecksumNotReady | PacketFlags.TcpSegmentationOffload;
        Assert.Equal(expected, Emitting.Copy(before, Emitting.Into([59, 41], clear, "after é")));
    }

    [Fact]
    public void A_comment_makes_options_where_there_were_none()
    {
        PcapNgFile o = new();
        byte[] before = new PcapNgFile().Section().Interface().Enhanced(Reading.Packet(61)).ToArray();
        byte[] expected = new PcapNgFile().Section().Interface().Enhanced(Emitting.Filled(61), options: [.. o.Comment("new"), .. o.End()])
            .ToArray();
        Assert.Equal(expected, Emitting.Copy(before, Emitting.Into([61], comment: "new")));
    }

    [Fact]
    public void Options_without_their_end_mark_or_last_padding_are_kept_and_ended()
    {
        PcapNgFile o = new();
        byte[] before = new PcapNgFile().Section().Interface().Enhanced(Reading.Packet(60), options: o.Comment("four")).ToArray();
        byte[] expected = new PcapNgFile().Section().Interface().Enhanced(Emitting.Filled(60), options: [.. o.Comment("four"), .. o.End()])
            .ToArray();
        Assert.Equal(expected, Emitting.Copy(before, Emitting.Into([60])));
    }

    [Fact]
    public void A_comment_too_long_for_its_length_is_the_caller_s_mistake()
    {
        byte[] before = new PcapNgFile().Section().Interface().Enhanced(Reading.Packet(60)).ToArray();
        Assert.Throws<ArgumentException>(() => Emitting.Copy(before, Emitting.Into([60], comment: new string('x', 65_536))));
        Assert.Single(Reading.Of(Emitting.Copy(before, Emitting.Into([60], comment: new string('x', 65_535)))).Records);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_obsolete_block_stays_one_and_its_drops_count_once(bool bigEndian)
    {
        PcapNgFile Start() => new PcapNgFile(bigEndian).Section().Interface().Interface();
        PcapNgFile o = new(bigEndian);
        byte[] options = [.. o.Flags(0x201), .. o.Option(3, 1, 2, 3), .. o.End()];
        byte[] cleared = [.. o.Flags(1), .. o.End()];
        byte[] before = Start().Obsolete(Reading.Packet(100), 1, 9, 77, null, options).ToArray();
        byte[] expected = Start().Obsolete(Emitting.Filled(30), 1, 9, 77, null, cleared)
            .Obsolete(Emitting.Filled(31, 1), 1, 0, 77, null, cleared).ToArray();
        Assert.Equal(expected, Emitting.Copy(before, Emitting.Into([30, 31], PacketFlags.ChecksumNotReady)));
    }

    [Fact]
    public void A_simple_block_stays_one_where_its_length_can_say_what_it_holds()
    {
        byte[] before = new PcapNgFile().Section().Interface(snapLength: 80).Simple(Reading.Packet(80), original: 200).ToArray();
        byte[] whole = new PcapNgFile().Section().Interface(snapLength: 80).Simple(Emitting.Filled(50)).Simple(Emitting.Filled(80, 1))
            .ToArray();
        Assert.Equal(whole, Emitting.Copy(before, Emitting.Into([50, 80])));

        // 50 bytes of 90 can't be said: the reader would look for 80.
        byte[] after = Emitting.Copy(before, Emitting.Into([50], original: 90));
        byte[] enhanced = new PcapNgFile().Section().Interface(snapLength: 80).Enhanced(Emitting.Filled(50), original: 90).ToArray();
        Assert.Equal(enhanced, after);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Flags_are_cleared_in_place(bool bigEndian)
    {
        PcapNgFile o = new(bigEndian);
        PcapNgFile Make(uint flags) => new PcapNgFile(bigEndian).Section().Interface()
            .Enhanced(Reading.Packet(60), options: [.. o.Comment("x"), .. o.Flags(flags), .. o.End()]).Enhanced(Reading.Packet(61));
        byte[] after = Emitting.Copy(Make(0xE05).ToArray(), (_, window, record) =>
        {
            RecordEmitter.ClearFlags(window, ref window.Records[record], PacketFlags.OffloadMask);
            Assert.Equal(record == 0 ? (PacketFlags)5 : PacketFlags.None, window.Records[record].Flags);
        });
        Assert.Equal(Make(5).ToArray(), after);
    }

    [Fact]
    public void A_hash_of_the_packet_s_bytes_stands_against_a_change_in_place()
    {
        PcapNgFile o = new();
        byte[] file = new PcapNgFile().Section().Interface()
            .Enhanced(Reading.Packet(60), options: [.. o.Option(3, 2, 1, 1, 1, 1), .. o.End()]).Enhanced(Reading.Packet(60)).ToArray();
        List<ReadRecord> records = Reading.Of(file).Records;
        CaptureRecord hashed = records[0].Record;
        CaptureRecord plain = records[1].Record;
        Assert.False(RecordEmitter.CanEditInPlace(in hashed));
        Assert.True(RecordEmitter.CanEditInPlace(in plain));
    }

    [Fact]
    public void Blocks_between_the_packets_stay_in_their_places()
    {
        PcapNgFile Make(params byte[][] packets)
        {
            PcapNgFile file = new PcapNgFile().Section().Interface().Block(4, new byte[16]);
            foreach (byte[] packet in packets) file.Enhanced(packet);
            return file.Block(5, new byte[12]).Section(bigEndian: true).Block(10, new byte[20]).Interface(101).Enhanced(Reading.Packet(10))
                .Block(0xBAD, new byte[8]);
        }

        byte[] before = Make(Reading.Packet(100)).ToArray();
        byte[] expected = Make(Emitting.Filled(50), Emitting.Filled(51, 1), Emitting.Filled(4, 2)).ToArray();
        foreach (int windowSize in (int[])[64, 200, 1 << 20])
        {
            bool done = false;
            Copying.Change first = (emitter, window, record) =>
            {
                if (done) return;
                Emitting.Into([50, 51, 4])(emitter, window, record);
                done = true;
            };
            Assert.Equal(expected, Emitting.Copy(before, first, windowSize: windowSize));
        }
    }
}
