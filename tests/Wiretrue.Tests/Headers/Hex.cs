using System.Globalization;

namespace Wiretrue.Tests.Headers;

/// <summary>Bytes as capture tools print them.</summary>
internal static class Hex
{
    /// <summary>Pairs of hexadecimal digits, spaces and line ends between them.</summary>
    public static byte[] Bytes(string text) =>
        [.. text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(pair => byte.Parse(pair, NumberStyles.HexNumber))];
}
