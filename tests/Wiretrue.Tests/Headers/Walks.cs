using Wiretrue.Headers;

namespace Wiretrue.Tests.Headers;

/// <summary>Walks packets and says what was found in one line: <c>Ethernet 0+14/74 IPv4 14+20/60 ...</c> (offset + header / length).</summary>
internal static class Walks
{
    public static PacketLayout Walk(byte[] packet, LinkType linkType = LinkType.Ethernet, int? originalLength = null)
    {
        var layout = default(PacketLayout);
        PacketWalk.Walk(packet, originalLength ?? packet.Length, linkType, ref layout);
        return layout;
    }

    public static string Describe(byte[] packet, LinkType linkType = LinkType.Ethernet, int? originalLength = null)
    {
        PacketLayout layout = Walk(packet, linkType, originalLength);
        List<string> words = [];
        for (int i = 0; i < layout.Count; i++)
            words.Add($"{layout[i].Kind} {layout[i].Offset}+{layout[i].HeaderLength}/{layout[i].Length}");
        if (layout.Fault.IsFault)
            words.Add($"! {layout.Fault.Kind} {layout.Fault.Layer}");
        return string.Join(' ', words);
    }

    /// <summary>The kinds alone, without the payload.</summary>
    public static string Kinds(byte[] packet, LinkType linkType = LinkType.Ethernet)
    {
        PacketLayout layout = Walk(packet, linkType);
        Assert.False(layout.Fault.IsFault, layout.Fault.ToString());
        List<LayerKind> kinds = [];
        for (int i = 0; i < layout.Count; i++)
            kinds.Add(layout[i].Kind);
        return string.Join(' ', kinds.Where(k => k != LayerKind.Payload));
    }
}
