using System.Text.Json;
using Wiretrue.Captures.Coalescing;

namespace Wiretrue.Tool.Output;

/// <summary>The report of a merge as JSON, schema 1: one object on one line.</summary>
internal static class MergeJson
{
    public static void Write(Stream stream, MergeReport report)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            ReportJson.WriteSides(json, report);
            json.WriteStartObject("merged");
            json.WriteNumber("superFrames", report.SuperFrames);
            json.WriteNumber("frames", report.Merged);
            json.WriteEndObject();
            json.WriteNumber("untouched", report.Untouched);
            json.WriteNumber("irreversible", report.Irreversible);
            json.WriteNumber("lostComments", report.LostComments);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }
}
