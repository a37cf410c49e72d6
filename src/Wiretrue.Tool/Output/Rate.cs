using System.Globalization;
using Wiretrue.Captures.Formats;

namespace Wiretrue.Tool.Output;

/// <summary>The line that <c>-v</c> adds: what was read, and how fast.</summary>
internal static class Rate
{
    public static string Of(CaptureReader reader, TimeSpan time)
    {
        string compressed = reader.Compression == CaptureCompression.None ? "" : $", {FormatWords.Of(reader.Compression)}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{reader.Name}: {FormatWords.Of(reader.Format)}{compressed}: {reader.Position} bytes in {time.TotalSeconds:0.000} s, {reader.Position / 1e6 / time.TotalSeconds:0} MB/s");
    }
}
