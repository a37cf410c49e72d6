using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Tests.Formats.Emission;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Tests.Formats;

/// <summary>Captures with bytes changed at random: each is read, copied and converted, or refused in the documented way.</summary>
public sealed class MutationTests
{
    private const int Rounds = 4000;

    [Fact]
    public void Mutated_captures_are_read_or_refused_and_what_is_read_is_copied()
    {
        Random random = new(20);
        byte[][] seeds = [SeedPcap(), SeedPcapNg(false), SeedPcapNg(true)];
        for (int round = 0; round < Rounds; round++)
        {
            byte[] file = [.. seeds[round % seeds.Length]];
            for (int i = random.Next(1, 5); i > 0; i--)
            {
                // Headers are where lies matter: small numbers, extremes, and any byte.
                byte lie = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => 0xFF, _ => (byte)random.Next(8) };
                file[random.Next(file.Length)] = lie;
            }

            if (random.Next(4) == 0) file = file[..random.Next(file.Length)];
            Exercise(file, windowSize: random.Next(2) == 0 ? 64 : 4096, random);
        }
    }

    private static void Exercise(byte[] file, int windowSize, Random random)
    {
        try
        {
            Reading reading = Reading.Of(file, windowSize);
            Assert.Equal(file[..reading.Bytes.Length], reading.Bytes);
            Assert.Equal(reading.Bytes, Emitting.Pipe(reading.Bytes, (_, _, _) => { }, windowSize: 4096));
            Change(reading.Bytes, windowSize, CaptureFormat.Pcap, random.Next(100));
            Change(reading.Bytes, windowSize, CaptureFormat.PcapNg, random.Next(100));
        }
        catch (CaptureFormatException e)
        {
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    /// <summary>Every record made anew, with a comment; the result must be a capture of as many.</summary>
    private static void Change(byte[] file, int windowSize, CaptureFormat target, int length)
    {
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(file), "mutated", windowSize);
        RecordEmitter emitter = RecordEmitter.Create("mutated", reader.Format, target, canRevise: false);
        CaptureWindow window = new();
        OutputBatch batch = new();
        using MemoryStream all = new();
        while (reader.Read(window))
        {
            emitter.Begin(window, batch);
            for (int i = 0; i < window.Records.Length; i++)
            {
                RecordChange change = new()
                {
                    CapturedLength = length,
                    OriginalLength = (uint)length,
                    ClearFlags = PacketFlags.OffloadMask,
                    Comment = "changed"u8,
                };
                emitter.Emit(i, in change).Fill(0xA0);
            }

            emitter.End();
            all.Write(OutputBatchTests.Bytes(batch));
        }

        Reading after = Reading.Of(all.ToArray());
        Assert.Null(after.Error);
        Assert.Equal(reader.PacketsRead, after.Records.Count);
        Assert.All(after.Records, r => Assert.Equal(length, r.Data.Length));
    }

    private static byte[] SeedPcap() => new PcapFile().Record(Reading.Packet(60)).Record(Reading.Packet(10, 2)).Record([])
        .Record(Reading.Packet(33, 3)).ToArray();

    private static byte[] SeedPcapNg(bool bigEndian)
    {
        PcapNgFile file = new PcapNgFile(bigEndian).Section(length: 240);
        file.Interface(options: [.. file.Option(9, 9), .. file.End()])
            .Enhanced(Reading.Packet(40), options: [.. file.Comment("c"), .. file.Flags(0xE01), .. file.Option(3, 1, 2), .. file.End()]);
        file.Simple(Reading.Packet(20)).Block(5, new byte[12]).Obsolete(Reading.Packet(9), options: [.. file.Flags(1), .. file.End()]);
        return file.Section(!bigEndian).Interface((ushort)LinkType.Ethernet, 50).Enhanced(Reading.Packet(31)).ToArray();
    }
}
