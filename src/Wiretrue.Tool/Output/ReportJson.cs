using System.Text.Json;
using Wiretrue.Captures;

namespace Wiretrue.Tool.Output;

/// <summary>What the reports of all works on captures have in common.</summary>
internal static class ReportJson
{
    /// <summary>The schema's number, and what was read and written.</summary>
    public static void WriteSides(Utf8JsonWriter json, CaptureReport report)
    {
        json.WriteNumber("schema", 1);
        WriteSide(json, "in", report.InPackets, report.InBytes);
        WriteSide(json, "out", report.OutPackets, report.OutBytes);
    }

    /// <summary>An array of reasons with how many packets each had.</summary>
    public static void WriteReasons(Utf8JsonWriter json, string name, IEnumerable<(string Reason, long Count)> reasons)
    {
        json.WriteStartArray(name);
        foreach ((string reason, long count) in reasons)
        {
            json.WriteStartObject();
            json.WriteString("reason", reason);
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSide(Utf8JsonWriter json, string name, long packets, long bytes)
    {
        json.WriteStartObject(name);
        json.WriteNumber("packets", packets);
        json.WriteNumber("bytes", bytes);
        json.WriteEndObject();
    }
}
