namespace Wiretrue.Tunnels;

/// <summary>The three ways to send mirrored frames in GRE (<c>erspan_ver</c>, linux/if_tunnel.h).</summary>
/// <remarks>draft-foschiano-erspan 4.</remarks>
public enum ErspanType : byte
{
    /// <summary>The frame follows GRE, and that is all (<c>erspan_ver 0</c>).</summary>
    TypeI = 0,

    /// <summary>Numbered, with the session and the port that was mirrored (<c>erspan_ver 1</c>).</summary>
    TypeII = 1,

    /// <summary>Numbered, with the session, the time, and the direction (<c>erspan_ver 2</c>).</summary>
    TypeIII = 2,
}
