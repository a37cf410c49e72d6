namespace Wiretrue.Packets;

/// <summary>Bytes of a packet that lie in a page (<c>skb_frag_t</c>).</summary>
/// <param name="Page">The page.</param>
/// <param name="Offset">Where the bytes begin, from the page's first.</param>
/// <param name="Length">How many there are.</param>
public readonly record struct PageFragment(Page Page, int Offset, int Length)
{
    /// <summary>The bytes.</summary>
    public Span<byte> Span => Page.Bytes.AsSpan(Offset, Length);
}
