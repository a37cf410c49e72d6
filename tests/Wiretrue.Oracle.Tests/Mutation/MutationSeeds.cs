using Wiretrue.Testing;
using Wiretrue.Testing.Captures;

namespace Wiretrue.Oracle.Tests.Mutation;

/// <summary>What is broken: whole small captures, and single packets of every link type, from the corpus or else from the samples.</summary>
public static class MutationSeeds
{
    private const int LargestCapture = 64 * 1024;
    private const int PacketsPerCapture = 40;

    /// <summary>Whole captures; of large ones the first packets.</summary>
    public static IReadOnlyList<byte[]> Captures { get; } = [.. Files().Select(Shorten)];

    /// <summary>The first packets of each capture, those of one link type.</summary>
    public static IReadOnlyList<IReadOnlyList<PlainPacket>> Flows { get; } = [.. Files().Select(FirstPackets)];

    /// <summary>The same packets without their order.</summary>
    public static IReadOnlyList<PlainPacket> Packets { get; } = [.. Flows.SelectMany(packets => packets)];

    /// <summary>A broken capture: half are broken files, half are whole ones in which every third packet is broken.</summary>
    public static byte[] Next(Mutator mutator)
    {
        if (mutator.Next(2) == 0)
            return mutator.Mutate(mutator.Pick(Captures));
        IReadOnlyList<PlainPacket> packets = mutator.Pick(Flows);
        return PlainCapture.WritePcap(packets[0].LinkType, packets.Select(Break));

        PlainPacket Break(PlainPacket packet)
        {
            if (mutator.Next(3) != 0)
                return packet;
            byte[] bytes = mutator.Mutate(packet.Bytes);
            uint missing = mutator.Next(8) == 0 ? mutator.Limit() : 0;
            return packet with { Bytes = bytes, OriginalLength = unchecked((uint)bytes.Length + missing) };
        }
    }

    private static IEnumerable<string> Files()
    {
        IEnumerable<string> samples = Directory.EnumerateFiles(RepositoryRoot.Combine("samples"), "*.pcap").Order(StringComparer.Ordinal);
        return Corpus.Captures.Where(p => !p.EndsWith(".snoop", StringComparison.Ordinal)).Concat(samples);
    }

    private static IReadOnlyList<PlainPacket> FirstPackets(string path)
    {
        List<PlainPacket> packets = PlainCapture.Read(path);
        return [.. packets.Where(p => p.Bytes.Length > 0 && p.LinkType == packets[0].LinkType).Take(PacketsPerCapture)];
    }

    // A cut record at the end is one more thing to stumble over.
    private static byte[] Shorten(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        return file.Length <= LargestCapture ? file : file[..LargestCapture];
    }
}
