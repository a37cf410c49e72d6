namespace Wiretrue.Devices;

/// <summary>What a device has sent and received, and what was dropped on either way (<c>struct rtnl_link_stats64</c>).</summary>
public sealed class DeviceStatistics
{
    private const int MaxReasons = 32;

    // One place for each reason; asking the runtime how many there are costs a start-up more than this.
    private readonly long[] _dropped = new long[MaxReasons];
    private readonly long[] _receiveDropped = new long[MaxReasons];

    /// <summary>Packets handed to the device (<c>tx_packets</c>).</summary>
    public long TransmittedPackets { get; internal set; }

    /// <summary>Their bytes, link headers included (<c>tx_bytes</c>).</summary>
    public long TransmittedBytes { get; internal set; }

    /// <summary>Packets that were dropped, for whatever reason (<c>tx_dropped</c>).</summary>
    public long TransmitDropped { get; private set; }

    /// <summary>Packets that were dropped for <paramref name="reason"/>.</summary>
    public long Dropped(DropReason reason) => _dropped[(int)reason];

    /// <summary>Packets that the device handed up (<c>rx_packets</c>).</summary>
    public long ReceivedPackets { get; private set; }

    /// <summary>Their bytes, link headers included (<c>rx_bytes</c>).</summary>
    public long ReceivedBytes { get; private set; }

    /// <summary>Received packets that the stack dropped, for whatever reason.</summary>
    public long ReceiveDropped { get; private set; }

    /// <summary>
    /// Packets whose checksum is good, though the device's word on it, or its sum, said otherwise (<c>netdev_rx_csum_fault</c>): the device
    /// or its driver is at fault.
    /// </summary>
    public long ReceiveChecksumFaults { get; private set; }

    /// <summary>Received packets that were dropped for <paramref name="reason"/>.</summary>
    public long Dropped(ReceiveDropReason reason) => _receiveDropped[(int)reason];

    internal void CountReceived(int bytes, bool hasChecksumFault)
    {
        ReceivedPackets++;
        ReceivedBytes += bytes;
        ReceiveChecksumFaults += hasChecksumFault ? 1 : 0;
    }

    internal void CountDrop(ReceiveDropReason reason)
    {
        _receiveDropped[(int)reason]++;
        ReceiveDropped++;
    }

    internal void CountDrop(DropReason reason)
    {
        _dropped[(int)reason]++;
        TransmitDropped++;
    }
}
