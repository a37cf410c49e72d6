namespace Wiretrue.Headers;

/// <summary>The field that a <see cref="PacketFault"/> blames.</summary>
public enum HeaderField : byte
{
    /// <summary>The header as a whole: its bytes are not all there.</summary>
    None,

    /// <summary>The version: not the one that brought the walk here.</summary>
    Version,

    /// <summary>The header's own length: IHL, data offset, <c>Hdr Ext Len</c>, option length.</summary>
    HeaderLength,

    /// <summary>The length of header and content, or of content: total length, payload length, UDP length, 802.3 length.</summary>
    Length,

    /// <summary>The message type of a netfilter log TLV chain: no payload among them.</summary>
    Type,
}
