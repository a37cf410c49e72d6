using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Wiretrue.Tool.Commands;

/// <summary>Numbers on the command line.</summary>
internal static class NumberRules
{
    /// <summary>Reads the value of an option, decimal or with 0x.</summary>
    /// <param name="option">Its name.</param>
    /// <param name="value">What was given; null when nothing was.</param>
    /// <param name="least">The smallest allowed.</param>
    /// <param name="most">The largest allowed.</param>
    /// <param name="number">Null when nothing was given.</param>
    /// <param name="error">One line that says what is wrong.</param>
    public static bool TryRead(string option, string? value, long least, long most, out long? number, [NotNullWhen(false)] out string? error)
    {
        number = null;
        error = null;
        if (value is null)
        {
            return true;
        }

        bool isHex = value.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool good = long.TryParse(
            isHex ? value[2..] : value, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out long read)
            && read >= least && read <= most;
        number = good ? read : null;
        error = good ? null : $"{option} must be a number from {least} to {most}, not '{value}'";
        return good;
    }

    /// <summary>Reads a span of time: a number and ns, us, ms or s; decimals are allowed, and 0 needs no unit.</summary>
    /// <param name="option">Its name.</param>
    /// <param name="value">What was given; null when nothing was.</param>
    /// <param name="nanoseconds">Null when nothing was given.</param>
    /// <param name="error">One line that says what is wrong.</param>
    public static bool TryReadTime(string option, string? value, out long? nanoseconds, [NotNullWhen(false)] out string? error)
    {
        nanoseconds = null;
        error = null;
        if (value is null)
        {
            return true;
        }

        (string unit, decimal scale)[] units = [("ns", 1), ("us", 1_000), ("µs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000)];
        (string unit, decimal scale) = value == "0" ? ("", 1) : Array.Find(units, each => value.EndsWith(each.unit, StringComparison.Ordinal));
        bool good = unit is not null
            & decimal.TryParse(value.AsSpan(0, value.Length - (unit?.Length ?? 0)), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count)
            && count <= long.MaxValue / Math.Max(scale, 1);
        nanoseconds = good ? (long)(count * scale) : null;
        error = good ? null : $"{option} must be a time such as 50us, 1ms or 0.5s, not '{value}'";
        return good;
    }
}
