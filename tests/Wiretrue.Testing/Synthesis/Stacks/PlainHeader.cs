namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>
/// One header of a <see cref="PlainFrame"/>, built by plain code that shares nothing with the library: how it reads in a super-frame, and in
/// each of its segments.
/// </summary>
public abstract record PlainHeader
{
    /// <summary>Bytes of the header.</summary>
    public abstract int Length { get; }

    /// <summary>How Ethernet, GRE, Geneve and their like name what begins with this header; 0 where they have no name for it.</summary>
    public virtual ushort EtherType => 0;

    /// <summary>How an IP header names it; 0 where it has no name for it.</summary>
    public virtual byte Protocol => 0;

    /// <summary>How VXLAN-GPE and NSH name it (RFC 8300 2.2); 0 where they have no name for it.</summary>
    public virtual byte NextProtocol => 0;

    /// <summary>The destination port by which UDP names it; 0 where it has none.</summary>
    public virtual ushort Port => 0;

    /// <summary>Puts the header before <paramref name="content"/>.</summary>
    public abstract byte[] Wrap(byte[] content, HeaderPlace place);

    /// <summary>One array of the header's bytes and the content's.</summary>
    protected static byte[] Join(ReadOnlySpan<byte> header, byte[] content) => [.. header, .. content];
}
