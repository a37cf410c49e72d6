namespace Wiretrue.Testing.Captures;

/// <summary>One packet of a capture, as plain test code reads it.</summary>
/// <param name="LinkType">The LINKTYPE_ number of its interface.</param>
/// <param name="Interface">The interface's number in its section.</param>
/// <param name="OriginalLength">Bytes on the wire.</param>
/// <param name="Time">The timestamp's bits as they stand: seconds and fraction in pcap, ticks in pcapng.</param>
/// <param name="Bytes">The bytes captured.</param>
public sealed record PlainPacket(ushort LinkType, int Interface, uint OriginalLength, ulong Time, byte[] Bytes)
{
    /// <summary>Fewer bytes were captured than were on the wire.</summary>
    public bool IsSnapped => Bytes.Length < OriginalLength;
}
