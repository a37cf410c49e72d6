namespace Wiretrue.Captures.Tunnelling;

/// <summary>Why a packet was not put into the tunnel.</summary>
public enum EncapsulationFault : byte
{
    /// <summary>It was.</summary>
    None,

    /// <summary>The tunnel carries Ethernet frames, and this is none.</summary>
    NoFrame,

    /// <summary>The tunnel carries IP packets, of one version perhaps, and this is none of these.</summary>
    NoPacket,

    /// <summary>With the outer headers it is longer than their lengths can say.</summary>
    TooLong,

    /// <summary>What is before the packet cannot be before the outer header.</summary>
    NoLink,

    /// <summary>The tunnel refuses it for another reason.</summary>
    Refused,
}
