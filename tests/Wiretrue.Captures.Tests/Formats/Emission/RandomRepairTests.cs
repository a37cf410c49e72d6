using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Tests.Formats.Emission;

/// <summary>
/// Random captures under random changes, against the capture that plain code builds beside them: what is not changed is the same byte for
/// byte, what is changed is what it was told to be, whatever the windows and batches.
/// </summary>
public sealed class RandomRepairTests
{
    private const int Rounds = 150;

    private enum Deed
    {
        Pass,
        Cut,
        Rewrite,
    }

    [Fact]
    public void A_pcapng_under_random_changes_is_the_one_built_beside_it()
    {
        for (int seed = 0; seed < Rounds; seed++)
        {
            Random random = new(seed);
            PcapNgFile before = new(random.Next(2) == 0);
            PcapNgFile after = new(random.Next(2) == 0);
            List<(Deed Deed, int[] Lengths)> plan = [];
            for (int sections = random.Next(1, 4); sections > 0; sections--) AddSection(random, before, after, plan);
            Check(before.ToArray(), after.ToArray(), plan, random);
        }
    }

    [Fact]
    public void A_pcap_under_random_changes_is_the_one_built_beside_it()
    {
        for (int seed = 0; seed < Rounds; seed++)
        {
            Random random = new(seed);
            bool bigEndian = random.Next(2) == 0;
            (PcapFile before, PcapFile after) = (new(bigEndian), new(bigEndian));
            List<(Deed Deed, int[] Lengths)> plan = [];
            for (int i = random.Next(40); i > 0; i--)
            {
                (byte[] data, uint time) = (Reading.Packet(random.Next(1, 300), i), (uint)random.Next());
                before.Record(data, seconds: time);
                foreach (byte[] packet in Plan(random, data, plan)) after.Record(packet, seconds: time);
            }

            Check(before.ToArray(), after.ToArray(), plan, random);
        }
    }

    private static void AddSection(Random random, PcapNgFile before, PcapNgFile after, List<(Deed Deed, int[] Lengths)> plan)
    {
        bool bigEndian = random.Next(2) == 0;
        before.Section(bigEndian).Interface().Interface(101);
        after.Section(bigEndian).Interface().Interface(101);
        for (int i = random.Next(20); i > 0; i--)
        {
            byte[] data = Reading.Packet(random.Next(1, 300), random.Next());
            ulong time = (ulong)random.NextInt64();
            uint id = (uint)random.Next(2);
            byte[] options = random.Next(2) == 0 ? [] : [.. before.Comment($"packet {i}"), .. before.Flags(1), .. before.End()];
            switch (random.Next(4))
            {
                case 0:
                    byte[] other = new byte[random.Next(10) * 4];
                    before.Block(0xBAD, other);
                    after.Block(0xBAD, other);
                    break;
                case 1:
                    before.Simple(data);
                    foreach (byte[] packet in Plan(random, data, plan)) after.Simple(packet);
                    break;
                case 2:
                    before.Obsolete(data, (ushort)id, 0, time, null, options);
                    foreach (byte[] packet in Plan(random, data, plan)) after.Obsolete(packet, (ushort)id, 0, time, null, options);
                    break;
                default:
                    before.Enhanced(data, id, time, null, options);
                    foreach (byte[] packet in Plan(random, data, plan)) after.Enhanced(packet, id, time, null, options);
                    break;
            }
        }
    }

    /// <summary>Decides what becomes of a packet, and gives what must come out.</summary>
    private static IEnumerable<byte[]> Plan(Random random, byte[] data, List<(Deed Deed, int[] Lengths)> plan)
    {
        Deed deed = (Deed)random.Next(3);
        int[] lengths = deed == Deed.Cut ? [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(200))] : [];
        plan.Add((deed, lengths));
        return deed switch
        {
            Deed.Pass => [data],
            Deed.Rewrite => [[.. data[..^1], 0xEE]],
            _ => lengths.Select((length, n) => Emitting.Filled(length, n)),
        };
    }

    private static void Check(byte[] before, byte[] expected, List<(Deed Deed, int[] Lengths)> plan, Random random)
    {
        Copying.Change change = (emitter, window, record) =>
        {
            (Deed deed, int[] lengths) = plan[(int)window.FirstPacketNumber - 1 + record];
            if (deed == Deed.Rewrite) window.Data(in window.Records[record])[^1] = 0xEE;
            for (int i = 0; i < lengths.Length; i++)
            {
                RecordChange made = new() { CapturedLength = lengths[i], OriginalLength = (uint)lengths[i] };
                emitter.Emit(record, in made).Fill((byte)(0xA0 + i));
            }
        };
        int windowSize = random.Next(3) switch { 0 => 64, 1 => random.Next(100, 2000), _ => 1 << 20 };
        int every = random.Next(1, 10);
        Assert.Equal(expected, Emitting.Pipe(before, change, windowSize, random.Next(2) == 0 ? null : i => i % every == 0));
    }
}
