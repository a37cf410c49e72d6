using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Wiretrue.Tool.Commands;

/// <summary>What every command asks of its inputs and their MTU.</summary>
internal static class InputRules
{
    private const int MinMtu = 68; // The smallest that IPv4 allows (RFC 791, section 3.2).
    private const int MaxMtu = 65535;

    /// <summary>What cannot be in a list of inputs; null when all can.</summary>
    public static string? Contradiction(string[] inputs) =>
        inputs.Length == 0 ? "no input: name a capture, or - for stdin"
        : Array.IndexOf(inputs, "-") != Array.LastIndexOf(inputs, "-") ? "stdin (-) can be read only once"
        : null;

    /// <summary>Reads the value of <c>--mtu</c>.</summary>
    /// <param name="value">What was given; null when nothing was.</param>
    /// <param name="mtu">Bytes; 0 for auto.</param>
    /// <param name="error">One line that says what is wrong.</param>
    public static bool TryMtu(string? value, out int mtu, [NotNullWhen(false)] out string? error)
    {
        mtu = 0;
        bool good = value is null or "auto"
            || (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out mtu) && mtu is >= MinMtu and <= MaxMtu);
        error = good ? null : $"--mtu must be auto or a number from {MinMtu} to {MaxMtu}, not '{value}'";
        return good;
    }
}
