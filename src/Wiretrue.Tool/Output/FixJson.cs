using System.Text.Json;
using Wiretrue.Captures.Repair;

namespace Wiretrue.Tool.Output;

/// <summary>The report of a repair as JSON, schema 1: one object on one line.</summary>
internal static class FixJson
{
    public static void Write(Stream stream, RepairReport report)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            ReportJson.WriteSides(json, report);
            json.WriteNumber("completed", report.Completed);
            json.WriteStartObject("segmented");
            json.WriteNumber("superFrames", report.SuperFrames);
            json.WriteNumber("segments", report.Segments);
            json.WriteEndObject();
            json.WriteNumber("untouched", report.Untouched);
            ReportJson.WriteReasons(json, "left", report.Left.Select(each => (ReasonWords.Json(each.Key), each.Value)));
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }
}
