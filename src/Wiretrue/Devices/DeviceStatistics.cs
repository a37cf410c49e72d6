namespace Wiretrue.Devices;

/// <summary>What a device has sent and what was dropped before it (<c>struct rtnl_link_stats64</c>).</summary>
public sealed class DeviceStatistics
{
    private const int MaxReasons = 32;

    // One place for each reason; asking the runtime how many there are costs a start-up more than this.
    private readonly long[] _dropped = new long[MaxReasons];

    /// <summary>Packets handed to the device (<c>tx_packets</c>).</summary>
    public long TransmittedPackets { get; internal set; }

    /// <summary>Their bytes, link headers included (<c>tx_bytes</c>).</summary>
    public long TransmittedBytes { get; internal set; }

    /// <summary>Packets that were dropped, for whatever reason (<c>tx_dropped</c>).</summary>
    public long TransmitDropped { get; private set; }

    /// <summary>Packets that were dropped for <paramref name="reason"/>.</summary>
    public long Dropped(DropReason reason) => _dropped[(int)reason];

    internal void CountDrop(DropReason reason)
    {
        _dropped[(int)reason]++;
        TransmitDropped++;
    }
}
