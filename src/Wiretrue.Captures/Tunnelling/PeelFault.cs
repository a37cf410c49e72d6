namespace Wiretrue.Captures.Tunnelling;

/// <summary>Why nothing was taken out of a packet.</summary>
public enum PeelFault : byte
{
    /// <summary>Something was.</summary>
    None,

    /// <summary>It is in no tunnel that is known here.</summary>
    NoTunnel,

    /// <summary>It is in a tunnel of another kind, or with another identifier, than was asked for.</summary>
    OtherTunnel,

    /// <summary>An IP fragment: the rest of the tunnel's packet is in others.</summary>
    Fragment,

    /// <summary>What is in the tunnel was not captured.</summary>
    Snapped,

    /// <summary>The tunnel's headers contradict themselves, or what it carries.</summary>
    Malformed,

    /// <summary>The tunnel carries nothing, or what no frame can: PPP, a control message, a bare transport.</summary>
    NoPacket,

    /// <summary>What is before the tunnel cannot be before what is in it.</summary>
    NoLink,
}
