namespace Wiretrue.Headers;

/// <summary>Whether the frame that ERSPAN of type III mirrors was a good one (<c>enum erspan_bso</c>, net/erspan.h).</summary>
/// <remarks>draft-foschiano-erspan 4.3, the field BSO; the words are those of RFC 1757.</remarks>
public enum ErspanFrameState : byte
{
    /// <summary>It was, or nobody looked (<c>BSO_NOERROR</c>).</summary>
    Good = 0,

    /// <summary>Shorter than Ethernet allows (<c>BSO_SHORT</c>).</summary>
    Short = 1,

    /// <summary>Longer than Ethernet allows (<c>BSO_OVERSIZED</c>).</summary>
    Oversized = 2,

    /// <summary>With a wrong check sequence, or not of whole bytes (<c>BSO_BAD</c>).</summary>
    Bad = 3,
}
