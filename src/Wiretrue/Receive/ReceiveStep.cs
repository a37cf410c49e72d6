namespace Wiretrue.Receive;

/// <summary>What was found, or done, of a packet on its way in.</summary>
public enum ReceiveStep : byte
{
    /// <summary>Nothing to tell.</summary>
    None,

    /// <summary>What the device says of the packet (<c>ip_summed</c>); always told, and first.</summary>
    HandedUp,

    /// <summary>Bytes behind the IP packet are not its own: the padding of a short frame, say (<c>pskb_trim_rcsum</c>).</summary>
    Trimmed,

    /// <summary>The IPv4 header's checksum is right: it is summed always, as no device is asked for it (<c>ip_fast_csum</c>).</summary>
    HeaderSummed,

    /// <summary>The device answers for the checksum, and one of its levels is used up (<c>CHECKSUM_UNNECESSARY</c>).</summary>
    Trusted,

    /// <summary>The checksum, or one further in, was never finished: there is nothing to check (<c>CHECKSUM_PARTIAL</c>).</summary>
    Owed,

    /// <summary>UDP says that it has none, and may.</summary>
    Absent,

    /// <summary>
    /// It fits the sum that is known of the packet, from the device or from the layers around; of the payload no byte was read
    /// (<c>CHECKSUM_COMPLETE</c>).
    /// </summary>
    SumFits,

    /// <summary>It fits the bytes, which were summed.</summary>
    Summed,

    /// <summary>It does not fit the device's sum, and fits the bytes: the device is at fault (<c>netdev_rx_csum_fault</c>).</summary>
    SummedAnew,

    /// <summary>It fits the CRC32c of the bytes.</summary>
    Crc32CSummed,

    /// <summary>
    /// The device answers for the outer checksum, so what it covers has a known sum, from which the inner ones follow
    /// (<c>skb_checksum_try_convert</c>).
    /// </summary>
    Converted,

    /// <summary>The tunnel's header asks for remote checksum offload: the inner checksum is owed from here on.</summary>
    RemoteChecksum,

    /// <summary>The packet is taken: <see cref="ReceiveVerdict.IsAccepted"/>.</summary>
    Accepted,

    /// <summary>Right so far, and judged no further: <see cref="ReceiveOutcome.Fragment"/> or <see cref="ReceiveOutcome.Undecided"/>.</summary>
    LeftOpen,

    /// <summary>The packet goes no further, for <see cref="ReceiveDecision.Reason"/>.</summary>
    Dropped,
}
