namespace Wiretrue.Testing.Captures;

/// <summary>A TCP or UDP header and what it carries, as plain test code reads it.</summary>
/// <param name="Flow">Addresses, ports and protocol of this direction, after those of every tunnel around it.</param>
/// <param name="Reverse">The same of the other direction.</param>
/// <param name="Protocol">6 or 17.</param>
/// <param name="IPOffset">Where its IP header begins, in bytes from the packet's first.</param>
/// <param name="Offset">Where the transport header begins.</param>
/// <param name="Sequence">TCP's sequence number; 0 for UDP.</param>
/// <param name="Flags">TCP's flags; 0 for UDP.</param>
/// <param name="Mss">The MSS that a SYN announces; 0 when none does.</param>
/// <param name="PayloadLength">Bytes carried, as the lengths on the wire say.</param>
/// <param name="Payload">Those of them that were captured.</param>
public sealed record PlainTransport(
    string Flow, string Reverse, byte Protocol, int IPOffset, int Offset, uint Sequence, byte Flags, int Mss, int PayloadLength, ReadOnlyMemory<byte> Payload)
{
    /// <summary>TCP, not UDP.</summary>
    public bool IsTcp => Protocol == 6;
}
