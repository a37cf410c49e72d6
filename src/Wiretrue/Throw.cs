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
}
