namespace Wiretrue.Tunnels;

/// <summary>The two bits of congestion notification in a type of service or traffic class (<c>INET_ECN_*</c>, net/inet_ecn.h).</summary>
/// <remarks>RFC 3168 5.</remarks>
public enum EcnCodepoint : byte
{
    /// <summary>The transport does not take part.</summary>
    NotCapable = 0,

    /// <summary>It takes part: ECT(1).</summary>
    Capable1 = 1,

    /// <summary>It takes part: ECT(0).</summary>
    Capable0 = 2,

    /// <summary>A router on the way was congested: CE.</summary>
    CongestionExperienced = 3,
}
