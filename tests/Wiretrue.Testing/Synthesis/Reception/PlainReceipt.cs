namespace Wiretrue.Testing.Synthesis.Reception;

/// <summary>What a receiver found in a frame, all of it right.</summary>
/// <param name="Identifications">Those of the IPv4 headers, outermost first.</param>
/// <param name="Protocol">The innermost protocol: 6, 17, 132.</param>
/// <param name="Sequence">TCP's sequence number; else 0.</param>
/// <param name="Flags">TCP's flags; else 0.</param>
/// <param name="HeaderLength">Bytes before the payload.</param>
/// <param name="Payload">What it carries.</param>
public sealed record PlainReceipt(
    IReadOnlyList<ushort> Identifications, byte Protocol, uint Sequence, ushort Flags, int HeaderLength, ReadOnlyMemory<byte> Payload)
{
    /// <summary>What it is a fragment of; null when it is a whole packet. A fragment's payload begins with what was divided.</summary>
    public PlainFragment? Fragment { get; init; }
}
