using System.Text.Json;
using Wiretrue.Captures.Tunnelling;

namespace Wiretrue.Tool.Output;

/// <summary>The report of an encapsulation as JSON, schema 1: one object on one line.</summary>
internal static class EncapJson
{
    public static void Write(Stream stream, EncapsulationReport report)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            ReportJson.WriteSides(json, report);
            json.WriteNumber("encapsulated", report.Encapsulated);
            json.WriteNumber("remoteChecksums", report.RemoteChecksums);
            ReportJson.WriteReasons(json, "others", report.Others.Select(each => (JsonWords.Of(each.Key), each.Value)));
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }
}
