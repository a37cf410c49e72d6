using System.Text.Json;
using Wiretrue.Captures.Inference;
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
            json.WriteNumber("schema", 1);
            WriteSide(json, "in", report.InPackets, report.InBytes);
            WriteSide(json, "out", report.OutPackets, report.OutBytes);
            json.WriteNumber("completed", report.Completed);
            json.WriteStartObject("segmented");
            json.WriteNumber("superFrames", report.SuperFrames);
            json.WriteNumber("segments", report.Segments);
            json.WriteEndObject();
            json.WriteNumber("untouched", report.Untouched);
            json.WriteStartArray("left");
            foreach ((LeftReason reason, long count) in report.Left)
            {
                json.WriteStartObject();
                json.WriteString("reason", ReasonWords.Json(reason));
                json.WriteNumber("count", count);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteSide(Utf8JsonWriter json, string name, long packets, long bytes)
    {
        json.WriteStartObject(name);
        json.WriteNumber("packets", packets);
        json.WriteNumber("bytes", bytes);
        json.WriteEndObject();
    }
}
