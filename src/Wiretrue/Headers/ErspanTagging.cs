namespace Wiretrue.Headers;

/// <summary>Where the VLAN tag of a frame is that ERSPAN of type II mirrors (<c>enum erspan_encap_type</c>, net/erspan.h).</summary>
/// <remarks>draft-foschiano-erspan 4.2, the field En.</remarks>
public enum ErspanTagging : byte
{
    /// <summary>There was none (<c>ERSPAN_ENCAP_NOVLAN</c>).</summary>
    Untagged = 0,

    /// <summary>The frame was encapsulated by ISL (<c>ERSPAN_ENCAP_ISL</c>).</summary>
    Isl = 1,

    /// <summary>There was one, and it was taken out (<c>ERSPAN_ENCAP_8021Q</c>).</summary>
    Removed = 2,

    /// <summary>It is still in the frame (<c>ERSPAN_ENCAP_INFRAME</c>).</summary>
    InFrame = 3,
}
