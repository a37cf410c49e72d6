using System.Text.Json;
using Wiretrue.Captures.Tunnelling;

namespace Wiretrue.Tool.Output;

/// <summary>The report of a decapsulation as JSON, schema 1: one object on one line.</summary>
internal static class DecapJson
{
    public static void Write(Stream stream, DecapsulationReport report)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            ReportJson.WriteSides(json, report);
            json.WriteNumber("decapsulated", report.Decapsulated);
            json.WriteStartObject("tunnels");
            foreach ((TunnelKind kind, long count) in report.Kinds)
            {
                json.WriteNumber(TunnelWords.Of(kind), count);
            }

            json.WriteEndObject();
            json.WriteStartObject("remoteChecksums");
            json.WriteNumber("completed", report.RemoteChecksums);
            json.WriteNumber("left", report.RemoteChecksumsLeft);
            json.WriteEndObject();
            ReportJson.WriteReasons(json, "others", report.Others.Select(each => (JsonWords.Of(each.Key), each.Value)));
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }
}
