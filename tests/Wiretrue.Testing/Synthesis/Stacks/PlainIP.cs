namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>An IP header. The length of a super-frame that does not fit is 0, as BIG TCP writes it.</summary>
/// <param name="Fields">What it says in the first segment.</param>
/// <param name="HasFixedId">The identification does not count from segment to segment.</param>
public sealed record PlainIP(IPFields Fields, bool HasFixedId = false) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => Fields.HeaderLength;

    /// <inheritdoc/>
    public override ushort EtherType => Fields.EtherType;

    /// <inheritdoc/>
    public override byte Protocol => Fields is IPv4Fields ? (byte)4 : (byte)41;

    /// <inheritdoc/>
    public override byte NextProtocol => Fields is IPv4Fields ? (byte)1 : (byte)2;

    /// <summary>IP in FOU, which has no port of its own: the tests' is named after the protocol.</summary>
    public override ushort Port => (ushort)(5500 + Protocol);

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        IPFields fields = Fields;
        if (place.Segment is { } segment && !HasFixedId && fields is IPv4Fields ipv4)
            fields = ipv4 with { Id = (ushort)(ipv4.Id + segment.Index) };
        int counted = fields is IPv4Fields ? Length + content.Length : Length - 40 + content.Length;
        if (counted > ushort.MaxValue)
            fields = fields with { LengthField = 0 };
        return fields.Wrap(place.Inside!.Protocol, content);
    }
}
