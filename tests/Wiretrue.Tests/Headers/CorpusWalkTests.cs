using Wiretrue.Headers;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Tests.Headers;

/// <summary>Captures made by others, walked by the library and by test code that shares nothing with it.</summary>
public class CorpusWalkTests
{
    public static TheoryData<string> Captures => [.. Corpus.Captures.Select(path => Path.GetFileName(path)).Where(IsReadable)];

    [CorpusTheory]
    [MemberData(nameof(Captures))]
    public void Both_walks_find_the_same_TCP_and_UDP_headers(string name)
    {
        int number = 0;
        foreach (PlainPacket packet in PlainCapture.Read(Corpus.PathOf(name)))
        {
            number++;
            PacketLayout layout = Walks.Walk(packet.Bytes, (LinkType)packet.LinkType, (int)Math.Min(packet.OriginalLength, int.MaxValue));
            // Where headers contradict each other, each walk may stop at another one.
            if (layout.Fault.IsFault)
                continue;
            Assert.Equal((number, Plain(packet)), (number, Ours(layout)));
        }
    }

    private static string Plain(PlainPacket packet) =>
        string.Join(
            ' ', PlainWalk.Transports(packet).Select(t => $"{(t.IsTcp ? LayerKind.Tcp : LayerKind.Udp)}@{t.Offset}:{t.PayloadLength}"));

    private static string Ours(in PacketLayout layout)
    {
        List<string> found = [];
        for (int i = layout.NextTransport(-1); i >= 0; i = layout.NextTransport(i))
        {
            if (layout[i].Kind is LayerKind.Tcp or LayerKind.Udp)
                found.Add($"{layout[i].Kind}@{layout[i].Offset}:{layout[i].ContentLength}");
        }
        return string.Join(' ', found);
    }

    private static bool IsReadable(string name) => !name.EndsWith(".snoop", StringComparison.Ordinal);
}
