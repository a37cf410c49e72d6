using Wiretrue.Captures.Formats;

namespace Wiretrue.Captures.Tunnelling;

/// <summary>A clock that shows when the packet was captured that is being worked on.</summary>
public sealed class CaptureClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Sets it. A time that no calendar has leaves it as it is.</summary>
    internal void Set(CaptureTime time)
    {
        const ulong LastSecond = 253_402_300_799; // The year 9999 ends.
        if (time.Seconds <= LastSecond)
            _now = DateTimeOffset.UnixEpoch.AddSeconds(time.Seconds).AddTicks(time.Nanoseconds / NanosecondsPerTick);
    }

    private const uint NanosecondsPerTick = 100;
}
