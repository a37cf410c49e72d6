namespace Wiretrue.Tunnels;

/// <summary>What is to be made of the two congestion notifications of a packet that leaves a tunnel.</summary>
/// <remarks>RFC 6040 4.2, figure 4, as <c>__INET_ECN_decapsulate</c> reads it.</remarks>
public enum EcnVerdict : byte
{
    /// <summary>They go together.</summary>
    Accepted,

    /// <summary>
    /// The inner transport takes no part, the outer header says that it does: nobody should have written that. The packet goes on, and
    /// Linux logs it (<c>log_ecn_error</c>).
    /// </summary>
    Suspicious,

    /// <summary>Congestion was marked, and the inner transport would not understand it: only dropping the packet tells of it.</summary>
    Dropped,
}
