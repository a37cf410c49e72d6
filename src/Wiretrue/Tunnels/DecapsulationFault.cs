namespace Wiretrue.Tunnels;

/// <summary>Why a packet was not taken out of a tunnel.</summary>
public enum DecapsulationFault : byte
{
    /// <summary>It was.</summary>
    None,

    /// <summary>A header is not all there.</summary>
    TooShort,

    /// <summary>A length contradicts the packet: it reaches past its end, or leaves no room for the header.</summary>
    LengthWrong,

    /// <summary>A header of another protocol or version, or with a checksum of its own that is wrong (<c>ip_rcv</c>).</summary>
    Malformed,

    /// <summary>A fragment: the rest of the tunnel's packet is elsewhere.</summary>
    Fragment,

    /// <summary>Not this tunnel's protocol, or its port.</summary>
    OtherProtocol,

    /// <summary>The outer addresses are not those of the tunnel's ends.</summary>
    OtherAddress,

    /// <summary>The network identifier, the key or the session is not the tunnel's.</summary>
    OtherNetwork,

    /// <summary>The outer checksum is wrong.</summary>
    ChecksumWrong,

    /// <summary>There is no outer checksum, where there has to be one.</summary>
    ChecksumMissing,

    /// <summary>A flag or a version that is not known, or not allowed here: who set it meant what was not done.</summary>
    UnknownFlags,

    /// <summary>An option that is not known and says that it must be (RFC 8926 3.5).</summary>
    CriticalOption,

    /// <summary>A message between the tunnel's ends, which carries nobody's packet.</summary>
    ControlMessage,

    /// <summary>What is inside is of a kind that the tunnel does not carry.</summary>
    UnknownContent,

    /// <summary>The checksum that the receiver is asked to complete does not lie within the packet.</summary>
    RemoteChecksumBeyondPacket,

    /// <summary>The receiver is asked to complete a checksum, and no outer one protected the packet on its way.</summary>
    RemoteChecksumUnprotected,

    /// <summary>Congestion was marked on the way, and the inner transport would not understand it (RFC 6040 4.2).</summary>
    CongestionLost,

    /// <summary>Its number is missing, or older than what was expected (RFC 2890 2.2).</summary>
    OutOfSequence,
}
