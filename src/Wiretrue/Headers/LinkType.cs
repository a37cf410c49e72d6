namespace Wiretrue.Headers;

/// <summary>What the first byte of a packet belongs to: the registry's LINKTYPE_ values (<c>DLT_*</c> of pcap/dlt.h).</summary>
/// <remarks>Only the members below can be walked; packets of every other link type are opaque and pass untouched.</remarks>
public enum LinkType : ushort
{
    /// <summary>BSD loopback: a 4-byte address family in the byte order of the host that captured.</summary>
    Null = 0,

    /// <summary>Ethernet (<c>LINKTYPE_ETHERNET</c>).</summary>
    Ethernet = 1,

    /// <summary>Raw IP, as some BSDs numbered it (<c>DLT_RAW</c>, 12).</summary>
    RawBsd = 12,

    /// <summary>Raw IP, as OpenBSD numbered it (<c>DLT_RAW</c>, 14).</summary>
    RawOpenBsd = 14,

    /// <summary>Raw IP: the version is in the first nibble (<c>LINKTYPE_RAW</c>).</summary>
    Raw = 101,

    /// <summary>OpenBSD loopback: a 4-byte address family in network byte order (<c>LINKTYPE_LOOP</c>).</summary>
    Loop = 108,

    /// <summary>Linux cooked capture, version 1 (<c>LINKTYPE_LINUX_SLL</c>).</summary>
    LinuxSll = 113,

    /// <summary>Raw IPv4 (<c>LINKTYPE_IPV4</c>).</summary>
    IPv4 = 228,

    /// <summary>Raw IPv6 (<c>LINKTYPE_IPV6</c>).</summary>
    IPv6 = 229,

    /// <summary>Linux netfilter log: TLVs, one of which holds the packet (<c>LINKTYPE_NFLOG</c>).</summary>
    Nflog = 239,

    /// <summary>Linux cooked capture, version 2 (<c>LINKTYPE_LINUX_SLL2</c>).</summary>
    LinuxSll2 = 276,
}
