using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Wiretrue;

/// <summary>The exceptions of the library: for mistakes of a caller alone, never for what a packet holds.</summary>
[StackTraceHidden]
internal static class Throw
{
    [DoesNotReturn]
    public static void DestinationTooShort(string parameter, int needed, int available) =>
        throw new ArgumentException($"The destination must hold {needed} bytes; it holds {available}.", parameter);

    [DoesNotReturn]
    public static void LengthNegative(string parameter, long length) =>
        throw new ArgumentOutOfRangeException(parameter, length, "A length can't be negative.");

    [DoesNotReturn]
    public static void ArgumentOutOfRange(string parameter, long value, string expectation) =>
        throw new ArgumentOutOfRangeException(parameter, value, expectation);

    [DoesNotReturn]
    public static void Argument(string parameter, string reason) => throw new ArgumentException(reason, parameter);

    [DoesNotReturn]
    public static void InvalidOperation(string reason) => throw new InvalidOperationException(reason);

    /// <summary>For a packet that was given back already: its pages may be another packet's by now.</summary>
    [DoesNotReturn]
    public static void PacketReleasedTwice(string life) => InvalidOperation($"The packet was already given back to its pool.{life}");

    /// <summary>For a page with more releases than references.</summary>
    [DoesNotReturn]
    public static void PageReleasedTwice() => InvalidOperation("The page was already given back: it has no references left.");
}
