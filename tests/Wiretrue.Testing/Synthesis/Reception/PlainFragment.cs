namespace Wiretrue.Testing.Synthesis.Reception;

/// <summary>What an IP header says of a fragment (RFC 791 3.2, RFC 8200 4.5).</summary>
/// <param name="Identification">The same in all fragments of a packet.</param>
/// <param name="Offset">Where its content belongs, in bytes.</param>
/// <param name="HasMore">Others follow.</param>
/// <param name="Network">Where its IP header begins, in bytes from the frame's first.</param>
/// <param name="ProtocolField">Where the byte is that names what was divided, or the fragment header in front of it.</param>
/// <param name="Protocol">What was divided.</param>
/// <param name="Content">Where the content begins.</param>
public sealed record PlainFragment(uint Identification, int Offset, bool HasMore, int Network, int ProtocolField, byte Protocol, int Content);
