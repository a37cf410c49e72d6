namespace Wiretrue.Captures.Inference;

/// <summary>What one direction of a flow shows about the size that its sender cut at, for when no SYN says it.</summary>
internal struct SegmentSizes
{
    // RFC 9293 3.7.1: the MSS that every IPv4 host must accept. A largest segment below it was short of data, not of room.
    private const int DefaultMss = 536;

    private int _largestFull;
    private int _largest;
    private int _divisor;
    private int _low;
    private int _high;
    private byte _merged;

    /// <summary>The largest ordinary segment that was not the end of what the application wrote; 0 when none was seen.</summary>
    public readonly int LargestFull => _largestFull;

    /// <summary>Learns from a segment that is not a super-frame.</summary>
    /// <param name="payload">Its payload in bytes.</param>
    /// <param name="mayBeShort">PSH or FIN is set, or it is a datagram: it may end a write, and so be shorter than a full segment.</param>
    public void ObserveOrdinary(int payload, bool mayBeShort)
    {
        _largest = Math.Max(_largest, payload);
        if (!mayBeShort)
            _largestFull = Math.Max(_largestFull, payload);
    }

    /// <summary>Learns from a super-frame: one that does not end a write is made of full segments alone.</summary>
    public void ObserveMerged(int payload, bool mayBeShort)
    {
        if (mayBeShort)
            return;
        _divisor = GreatestCommonDivisor(payload, _divisor);
        if (_merged < byte.MaxValue)
            _merged++;
    }

    /// <summary>Learns from a super-frame of which the identification field says how many segments it stands for.</summary>
    public void ObserveCount(int payload, int segments)
    {
        if (segments < 2 || payload / segments < DefaultMss)
            return;
        // The last segment can be shorter: ceil(payload / size) = segments.
        int low = (payload + segments - 1) / segments;
        int high = (payload - 1) / (segments - 1);
        if (_high == 0 || low > _high || high < _low)
            (_low, _high) = (low, high);
        else
            (_low, _high) = (Math.Max(_low, low), Math.Min(_high, high));
    }

    /// <summary>The most likely payload per segment of a super-frame.</summary>
    /// <param name="payload">The super-frame's payload in bytes.</param>
    /// <param name="fits">The largest payload that fits the MTU.</param>
    /// <param name="source">What tells it.</param>
    public readonly int Choose(int payload, int fits, out SegmentSizeSource source)
    {
        source = SegmentSizeSource.OrdinarySegments;
        if (_largestFull > 0 && _largestFull < payload)
            return _largestFull;
        if (_largest > 0 && (_divisor != 0 ? _divisor : payload) % _largest == 0)
            return _largest;
        source = SegmentSizeSource.Identification;
        if (_high != 0)
            return FromCount(payload, fits);
        source = SegmentSizeSource.CommonDivisor;
        if (FromDivisor(fits) is var whole and not 0)
            return whole;
        bool isLargest = _largest >= DefaultMss && _largest < payload;
        source = isLargest ? SegmentSizeSource.OrdinarySegments : SegmentSizeSource.Mtu;
        return isLargest ? _largest : fits;
    }

    /// <summary>
    /// True when the flow shows that the path took less than the ends agreed on (path MTU discovery): its super-frames are made of
    /// <see cref="LargestFull"/>, not of <paramref name="negotiated"/>.
    /// </summary>
    public readonly bool ShowsLess(int negotiated) =>
        _merged >= 2 && _largestFull >= DefaultMss && _largestFull < negotiated
        && _divisor % negotiated != 0 && _divisor % _largestFull == 0;

    private readonly int FromCount(int payload, int fits)
    {
        if (FromDivisor(fits) is var whole && whole >= _low && whole <= _high)
            return whole;
        if (_low == _high || payload % _low == 0 || _low > fits)
            return _low;
        return Math.Min(_high, fits);
    }

    // All segments full: the size divides what all super-frames have in common. One super-frame alone can divide by chance, unless the
    // quotient comes near to what fits.
    private readonly int FromDivisor(int fits)
    {
        if (_divisor == 0 || fits <= 0)
            return 0;
        int parts = (_divisor + fits - 1) / fits;
        int size = _divisor / parts;
        return _divisor % parts == 0 && (_merged >= 2 ? size >= DefaultMss : size >= fits - fits / 8) ? size : 0;
    }

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
