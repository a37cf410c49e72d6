using Wiretrue.Devices;

namespace Wiretrue.Transmit;

/// <summary>The decisions that are told in several places. Without an observer nothing of this is compiled.</summary>
internal static class Decisions
{
    /// <summary>
    /// What is looked at to send a packet. Other features may be missing behind a tag or in a tunnel, and nothing comes of it, so nothing is told.
    /// </summary>
    public const DeviceFeatures LookedAt = DeviceFeatures.ScatterGather | DeviceFeatures.FragmentList | DeviceFeatures.HighDma
        | DeviceFeatures.ChecksumMask | DeviceFeatures.NoChecksum | DeviceFeatures.ChecksumSctp | DeviceFeatures.ChecksumFcoe
        | DeviceFeatures.GsoMask | DeviceFeatures.VlanInsert | DeviceFeatures.ServiceVlanInsert;

    /// <summary>Features were taken away, or none; returns those that are left.</summary>
    public static DeviceFeatures Narrow<TObserver>(TransmitStep step, DeviceFeatures before, DeviceFeatures after, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        if (Unobserved.IsNot<TObserver>() && ((before ^ after) & LookedAt) != 0)
            observer.Decided(new TransmitDecision { Step = step, Before = before, After = after });
        return after;
    }

    /// <summary>Work was done, or left to the device, for the sake of a feature.</summary>
    public static void Tell<TObserver>(
        TransmitStep step, TransmitCause cause, DeviceFeatures features, DeviceFeatures needed, ref TObserver observer)
        where TObserver : struct, ITransmitObserver
    {
        if (Unobserved.IsNot<TObserver>())
            observer.Decided(new TransmitDecision { Step = step, Cause = cause, Before = features, After = features, Needed = needed });
    }
}
