using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Tests.Formats.Emission;

/// <summary>Random captures through both conversions, against what plain code builds, whatever the windows.</summary>
public sealed class RandomConversionTests
{
    [Fact]
    public void Any_pcap_becomes_the_pcapng_built_beside_it_and_itself_again()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            bool nanoseconds = random.Next(2) == 0;
            (uint link, uint snap) = ((uint)random.Next(300), (uint)random.Next(262_144, 1_000_000));
            PcapFile pcap = new(random.Next(2) == 0, nanoseconds, link, snapLength: snap);
            PcapFile little = new(false, nanoseconds, link, snapLength: snap);
            PcapNgFile o = new();
            PcapNgFile ng = new PcapNgFile().Section().Interface((ushort)link, snap, nanoseconds ? [.. o.Option(9, 9), .. o.End()] : []);
            uint perSecond = nanoseconds ? 1_000_000_000u : 1_000_000u;
            for (int i = random.Next(1, 30); i > 0; i--)
            {
                byte[] data = Reading.Packet(random.Next(200), i);
                (uint seconds, uint fraction) = ((uint)random.NextInt64(1L << 32), (uint)random.Next((int)perSecond));
                uint original = (uint)data.Length + (uint)random.Next(3);
                pcap.Record(data, original, seconds, fraction);
                little.Record(data, original, seconds, fraction);
                ng.Enhanced(data, 0, ((ulong)seconds * perSecond) + fraction, original);
            }

            int windowSize = random.Next(64, 1500);
            Assert.Equal(ng.ToArray(), Emitting.Copy(pcap.ToArray(), format: CaptureFormat.PcapNg, windowSize: windowSize));
            Assert.Equal(little.ToArray(), Emitting.Copy(ng.ToArray(), format: CaptureFormat.Pcap, windowSize: windowSize));
        }
    }

    [Fact]
    public void Blocks_left_out_are_counted_whatever_the_windows()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            PcapNgFile ng = new();
            PcapFile expected = new();
            int others = 0;
            for (int sections = random.Next(1, 4); sections > 0; sections--)
            {
                ng.Section(random.Next(2) == 0).Interface();
                for (int i = random.Next(15); i > 0; i--)
                {
                    if (random.Next(2) == 0)
                    {
                        ng.Block((uint)random.Next(4, 6), new byte[random.Next(30) * 4]);
                        others++;
                        continue;
                    }

                    byte[] data = Reading.Packet(random.Next(200), i);
                    ng.Enhanced(data, time: (ulong)i);
                    expected.Record(data, seconds: 0, fraction: (uint)i);
                }
            }

            using Testing.TempFolder folder = new();
            string path = folder.Write("in", ng.ToArray());
            Assert.Equal(others, Copying.Copy(path, folder["out"], CaptureFormat.Pcap, random.Next(64, 1500), survey: random.Next(2) == 0));
            byte[] after = File.ReadAllBytes(folder["out"]);
            Assert.Equal(expected.ToArray(), after);
        }
    }
}
