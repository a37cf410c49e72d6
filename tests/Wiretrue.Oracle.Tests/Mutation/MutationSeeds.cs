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
