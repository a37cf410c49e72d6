namespace Wiretrue.Headers;

/// <summary>Kinds of TCP options (<c>TCPOPT_*</c>, net/tcp.h).</summary>
public enum TcpOptionKind : byte
{
    /// <summary>End of the options; what follows is padding (<c>TCPOPT_EOL</c>).</summary>
    EndOfOptions = 0,

    /// <summary>One byte of padding (<c>TCPOPT_NOP</c>).</summary>
    NoOperation = 1,

    /// <summary>Maximum segment size (<c>TCPOPT_MSS</c>).</summary>
    MaximumSegmentSize = 2,

    /// <summary>Window scale (<c>TCPOPT_WINDOW</c>).</summary>
    WindowScale = 3,

    /// <summary>SACK permitted (<c>TCPOPT_SACK_PERM</c>).</summary>
    SackPermitted = 4,

    /// <summary>Selective acknowledgment (<c>TCPOPT_SACK</c>).</summary>
    Sack = 5,

    /// <summary>Timestamps (<c>TCPOPT_TIMESTAMP</c>).</summary>
    Timestamps = 8,

    /// <summary>MD5 signature (<c>TCPOPT_MD5SIG</c>).</summary>
    Md5Signature = 19,

    /// <summary>Authentication option (<c>TCPOPT_AO</c>).</summary>
    Authentication = 29,

    /// <summary>Multipath TCP (<c>TCPOPT_MPTCP</c>).</summary>
    MultipathTcp = 30,

    /// <summary>Fast open cookie (<c>TCPOPT_FASTOPEN</c>).</summary>
    FastOpen = 34,
}
