namespace Wiretrue.Headers;

/// <summary>The flags of a TCP header (<c>TCP_FLAG_*</c>, linux/tcp.h), as a number of nine bits.</summary>
/// <remarks>RFC 9293 3.1; AE: RFC 9768.</remarks>
[Flags]
public enum TcpFlags : ushort
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>No more data from the sender.</summary>
    Fin = 0x001,

    /// <summary>Synchronize sequence numbers.</summary>
    Syn = 0x002,

    /// <summary>Reset the connection.</summary>
    Rst = 0x004,

    /// <summary>Push: give the data to the reader.</summary>
    Psh = 0x008,

    /// <summary>The acknowledgment number counts.</summary>
    Ack = 0x010,

    /// <summary>The urgent pointer counts.</summary>
    Urg = 0x020,

    /// <summary>ECN echo.</summary>
    Ece = 0x040,

    /// <summary>Congestion window reduced.</summary>
    Cwr = 0x080,

    /// <summary>Accurate ECN, once the nonce sum.</summary>
    Ae = 0x100,
}
