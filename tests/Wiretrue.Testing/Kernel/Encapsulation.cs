namespace Wiretrue.Testing.Kernel;

/// <summary>Headers to put before an IP packet, and what the kernel is told about them.</summary>
/// <param name="EtherType">Of the outermost network header.</param>
/// <param name="Headers">All bytes between the outer Ethernet header and the packet: an inner Ethernet header as well where there is one.</param>
/// <param name="Kind">What the headers are.</param>
/// <param name="InnerLinkLength">Bytes of the inner Ethernet header at the end of <paramref name="Headers"/>; 0 for none.</param>
public readonly record struct Encapsulation(ushort EtherType, byte[] Headers, EncapsulationKind Kind, int InnerLinkLength = 0)
{
    /// <summary>The frame with the headers in it, behind its VLAN tag if it has one: Linux takes that out of the bytes when it receives them.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> frame)
    {
        int link = LinkLength(frame);
        byte[] wrapped = new byte[frame.Length + Headers.Length];
        frame[..link].CopyTo(wrapped);
        wrapped[link - 2] = (byte)(EtherType >> 8);
        wrapped[link - 1] = (byte)EtherType;
        Headers.CopyTo(wrapped, link);
        frame[link..].CopyTo(wrapped.AsSpan(link + Headers.Length));
        return wrapped;
    }

    /// <summary>Bytes of an Ethernet header with its VLAN tag, if it has one.</summary>
    public static int LinkLength(ReadOnlySpan<byte> frame) => (frame[12], frame[13]) is (0x81, 0x00) or (0x88, 0xA8) ? 18 : 14;
}
