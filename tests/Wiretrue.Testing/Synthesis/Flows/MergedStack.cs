using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Testing.Synthesis.Flows;

/// <summary>
/// Tells which stacks of headers Linux merges: the rules of its <c>gro_receive</c> functions, written down once more and without the
/// library.
/// </summary>
public static class MergedStack
{
    /// <summary>True when frames with these headers, which follow one another, become one.</summary>
    public static bool Includes(IReadOnlyList<PlainHeader> headers)
    {
        // NAPI_GRO_CB(skb)->encap_mark and is_fou: one tunnel, and FOU or GUE as a part of another.
        bool isMarked = false;
        bool isInFou = false;
        for (int i = 0; i < headers.Count; i++)
        {
            bool fits = headers[i] switch
            {
                PlainEthernet or PlainVlan or PlainTcp => true,
                PlainIP { Fields: IPv4Fields { Options.Length: > 0 } } => false,
                PlainIP when i > 0 && IsIPTunnel(headers[i - 1]) => Mark(ref isMarked),
                PlainIP => true,
                PlainGre gre => IsMerged(gre, isInFou) && Mark(ref isMarked),
                PlainUdp when i + 1 == headers.Count => true,
                PlainUdp => Mark(ref isMarked) && IsMergedInUdp(headers[i + 1], ref isMarked, ref isInFou),
                PlainVxlan or PlainVxlanGpe or PlainGeneve or PlainGue => true,
                _ => false,
            };
            if (!fits)
                return false;
        }
        return true;
    }

    /// <summary>IP follows another IP header, or stands in a tunnel that is nothing but a detour to the same function.</summary>
    private static bool IsIPTunnel(PlainHeader before) => before is PlainIP or PlainUdp or PlainGue;

    /// <summary>With both a key and a checksum, Linux takes frames of two lengths for two flows, and so may reorder them: a case for itself.</summary>
    private static bool IsMerged(PlainGre gre, bool isInFou) =>
        gre.Sequence is null && !(gre.HasChecksum && (isInFou || gre.Key is not null));

    private static bool IsMergedInUdp(PlainHeader inside, ref bool isMarked, ref bool isInFou)
    {
        if (inside is PlainIP or PlainGre or PlainGue)
        {
            isMarked = false;
            isInFou = true;
            return true;
        }
        return inside is PlainVxlan or PlainVxlanGpe or PlainGeneve;
    }

    private static bool Mark(ref bool isMarked)
    {
        bool isFirst = !isMarked;
        isMarked = true;
        return isFirst;
    }
}
