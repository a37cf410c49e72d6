namespace Wiretrue.Packets;

/// <summary>Who has done, or owes, the transport checksum (<c>skb->ip_summed</c>, linux/skbuff.h).</summary>
public enum ChecksumState : byte
{
    /// <summary><c>CHECKSUM_NONE</c>: on the way out, nothing is owed; on the way in, nothing was verified.</summary>
    None,

    /// <summary><c>CHECKSUM_UNNECESSARY</c>: verified, <see cref="OffloadState.ChecksumLevel"/> + 1 layers of it.</summary>
    Unnecessary,

    /// <summary><c>CHECKSUM_COMPLETE</c>: the device gave the sum over the packet.</summary>
    Complete,

    /// <summary><c>CHECKSUM_PARTIAL</c>: the field holds the pseudo-header sum, folded, not inverted; the rest is owed.</summary>
    Partial,
}
