using System.Text.Json;

namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>One capture before and after <c>fix</c>.</summary>
/// <param name="Name">Its name below the corpus.</param>
/// <param name="Before">The original file.</param>
/// <param name="After">The fixed file.</param>
/// <param name="Inspected">What <c>inspect</c> says of the original.</param>
/// <param name="InspectedAfter">What <c>inspect</c> says of the fixed file.</param>
public sealed record FixedCapture(string Name, string Before, string After, JsonElement Inspected, JsonElement InspectedAfter)
{
    /// <summary>A number of the inspection, by its path, as <c>Count(c.Inspected, "checksums", "tcp", "bad")</c>.</summary>
    public static long Count(JsonElement inspected, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
            inspected = inspected.GetProperty(name);
        return inspected.GetInt64();
    }
}
