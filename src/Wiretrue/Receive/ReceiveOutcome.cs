namespace Wiretrue.Receive;

/// <summary>What the stack makes of a received packet.</summary>
public enum ReceiveOutcome : byte
{
    /// <summary>Every length and every checksum that it looks at is right, or is answered for, or there is none.</summary>
    Accepted,

    /// <summary>Something is wrong: <see cref="ReceiveVerdict.Reason"/>.</summary>
    Dropped,

    /// <summary>
    /// A fragment: right so far, and the transport's checksum covers bytes of others. It is judged when the packet is whole again.
    /// </summary>
    Fragment,

    /// <summary>Right so far, and bytes that the next checksum covers were not captured, or there are more headers than are looked at.</summary>
    Undecided,
}
