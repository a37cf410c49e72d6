using Wiretrue.Captures.Formats.Emission;

namespace Wiretrue.Captures.Formats;

/// <summary>When a packet was captured, as its record says.</summary>
/// <param name="Seconds">Seconds since 1970, modulo 2⁶⁴.</param>
/// <param name="Nanoseconds">And so many nanoseconds, 0 to 999,999,999; what is finer is cut off.</param>
internal readonly record struct CaptureTime(ulong Seconds, uint Nanoseconds)
{
    private const uint NanosecondsPerSecond = 1_000_000_000;

    /// <summary>The time of a record; false for a simple packet block, which has none.</summary>
    public static bool TryRead(CaptureWindow window, in CaptureRecord record, out CaptureTime time)
    {
        var words = new Words(record.BigEndian);
        ReadOnlySpan<byte> header = window.Buffer.AsSpan(record.BlockOffset, record.BlockLength);
        ref readonly CaptureInterface described = ref window.Interfaces[record.Interface];
        switch (record.Shape)
        {
            case RecordShape.SimplePacket:
                time = default;
                return false;
            case RecordShape.Pcap:
                // A broken file's fraction can be more than a second.
                ulong fraction = words.Word(header[4..]) * (described.Resolution == TimestampResolution.Nanoseconds ? 1UL : 1000UL);
                time = new CaptureTime(words.Word(header) + (fraction / NanosecondsPerSecond), (uint)(fraction % NanosecondsPerSecond));
                return true;
            default:
                ulong timestamp = ((ulong)words.Word(header[12..]) << 32) | words.Word(header[16..]);
                (ulong seconds, uint nanoseconds) = described.Resolution.Split(timestamp);
                time = new CaptureTime(unchecked(seconds + (ulong)described.TimestampOffset), nanoseconds);
                return true;
        }
    }

    /// <summary>How much later this is than <paramref name="earlier"/>, in nanoseconds; what is beyond 292 years is cut off there.</summary>
    public long Since(CaptureTime earlier)
    {
        Int128 seconds = unchecked((long)(Seconds - earlier.Seconds));
        Int128 apart = (seconds * NanosecondsPerSecond) + Nanoseconds - earlier.Nanoseconds;
        return (long)Int128.Clamp(apart, long.MinValue, long.MaxValue);
    }
}
