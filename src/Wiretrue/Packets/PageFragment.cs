namespace Wiretrue.Packets;

/// <summary>Bytes of a packet that lie in a page (<c>skb_frag_t</c>).</summary>
/// <param name="page">The page.</param>
/// <param name="offset">Where the bytes begin, from the page's first.</param>
/// <param name="length">How many there are.</param>
public struct PageFragment(Page page, int offset, int length)
{
    /// <summary>The page.</summary>
    public Page Page { readonly get; internal set; } = page;

    /// <summary>Where the bytes begin, from the page's first.</summary>
    public int Offset { readonly get; internal set; } = offset;

    /// <summary>How many bytes there are.</summary>
    public int Length { readonly get; internal set; } = length;

    /// <summary>The bytes.</summary>
    public readonly Span<byte> Span => Page.Bytes.AsSpan(Offset, Length);
}
