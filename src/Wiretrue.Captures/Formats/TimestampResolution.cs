namespace Wiretrue.Captures.Formats;

/// <summary>
/// The unit of a timestamp, as pcapng encodes it (<c>if_tsresol</c>): bit 7 chooses powers of 2 over powers of 10, the rest is the
/// negative exponent.
/// </summary>
public readonly record struct TimestampResolution(byte Encoded)
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>10⁻⁶ s, what holds where nothing is said.</summary>
    public static TimestampResolution Microseconds => new(6);

    /// <summary>10⁻⁹ s.</summary>
    public static TimestampResolution Nanoseconds => new(9);

    /// <summary>The unit is a power of 2, not of 10.</summary>
    public bool IsBinary => (Encoded & 0x80) != 0;

    /// <summary>The unit is 10 (or 2) to the minus this: 0 to 127.</summary>
    public int Exponent => Encoded & 0x7F;

    /// <summary>Some timestamps of this unit are no whole number of microseconds. (½⁶ s is 15,625 of them, ½⁷ s no whole number.)</summary>
    public bool IsFinerThanMicroseconds => Exponent > 6;

    /// <summary>Splits a timestamp into seconds and nanoseconds (0 to 999,999,999, what is finer cut off).</summary>
    public (ulong Seconds, uint Nanoseconds) Split(ulong timestamp)
    {
        if (IsBinary)
        {
            // 2⁻ⁿ s with n up to 127: a 64-bit count times 10⁹ needs 94 bits, which UInt128 holds.
            ulong seconds = Exponent < 64 ? timestamp >> Exponent : 0;
            ulong fraction = Exponent < 64 ? timestamp & ((1UL << Exponent) - 1) : timestamp;
            return (seconds, (uint)(((UInt128)fraction * NanosecondsPerSecond) >> Exponent));
        }

        // 10¹⁹ is the largest power of ten that 64 bits hold; a 64-bit count of a finer unit is less than a second or two.
        if (Exponent > 19)
        {
            UInt128 unitsPerNanosecond = Power(Exponent - 9);
            UInt128 nanoseconds = timestamp / unitsPerNanosecond;
            return ((ulong)(nanoseconds / NanosecondsPerSecond), (uint)(nanoseconds % NanosecondsPerSecond));
        }

        ulong perSecond = (ulong)Power(Exponent);
        ulong rest = timestamp % perSecond;
        return (timestamp / perSecond, (uint)((UInt128)rest * NanosecondsPerSecond / perSecond));
    }

    // Above 10³⁸ the quotient of any 64-bit number is 0, and so it is with 10³⁸.
    private static UInt128 Power(int exponent)
    {
        UInt128 power = 1;
        for (int i = Math.Min(exponent, 38); i > 0; i--) power *= 10;
        return power;
    }
}
