using System.Text.Json;
using Wiretrue.Captures.Explanation;
using Wiretrue.Captures.Inference;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Tool.Commands;
using Wiretrue.Transmit;

namespace Wiretrue.Tool.Output;

/// <summary>The way of one packet to a device as JSON, schema 1: one object on one line.</summary>
internal static class ExplainJson
{
    public static void Write(Stream stream, string file, ExplainRequest request, PacketExplanation explanation)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", 1);
            json.WriteString("file", file);
            json.WriteNumber("packet", explanation.Frame);
            json.WriteNumber("linkType", (int)explanation.LinkType);
            json.WriteNumber("capturedBytes", explanation.Captured.Length);
            json.WriteNumber("originalBytes", explanation.OriginalLength);
            WriteLayers(json, explanation.Layers);
            JsonWords.WriteLines(json, "found", InferenceWords.Found(explanation));
            WriteAsked(json, explanation);
            json.WriteString("left", JsonWords.Of(explanation.Decision.Left));
            WriteDevice(json, request);
            WriteWalk(json, explanation.Walk);
            json.WriteString("dropped", JsonWords.Of(explanation.Dropped));
            WriteFrames(json, explanation, request.Hex);
            if (request.Hex)
            {
                json.WriteString("bytes", Convert.ToHexStringLower(explanation.Captured));
            }

            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteLayers(Utf8JsonWriter json, IReadOnlyList<Layer> layers)
    {
        json.WriteStartArray("headers");
        foreach (Layer layer in layers)
        {
            json.WriteStartObject();
            json.WriteString("kind", LayerWords.Json(layer.Kind));
            json.WriteNumber("offset", layer.Offset);
            json.WriteNumber("headerBytes", layer.HeaderLength);
            json.WriteNumber("bytes", layer.Length);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAsked(Utf8JsonWriter json, PacketExplanation explanation)
    {
        OffloadState owed = explanation.Decision.Owed;
        json.WriteStartObject("asked");
        WriteOffload(json, owed);
        json.WriteString("segmentBytesFrom", JsonWords.Of(explanation.Decision.SizeFrom));
        json.WriteStartArray("rewritten");
        foreach (RewrittenField field in explanation.Rewritten)
        {
            json.WriteStartObject();
            json.WriteString("header", LayerWords.Json(field.Layer));
            json.WriteString("field", field.Name);
            json.WriteNumber("offset", field.Offset);
            json.WriteNumber("before", field.Before);
            json.WriteNumber("after", field.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOffload(Utf8JsonWriter json, OffloadState offload)
    {
        json.WriteString("checksum", JsonWords.Of(offload.Checksum));
        if (offload.Checksum == ChecksumState.Partial)
        {
            json.WriteNumber("checksumStart", offload.ChecksumStart);
            json.WriteNumber("checksumOffset", offload.ChecksumOffset);
            json.WriteBoolean("checksumIsCrc32c", offload.ChecksumIsCrc32C);
        }

        if (offload.IsGso)
        {
            JsonWords.WriteLines(json, "gsoType", GsoWords.Json(offload.GsoType));
            json.WriteNumber("gsoSize", offload.GsoSize);
            json.WriteNumber("gsoSegments", offload.GsoSegments);
        }

        if (offload.HasVlanTag)
        {
            json.WriteNumber("vlanProtocol", offload.VlanProtocol);
            json.WriteNumber("vlanTci", offload.VlanTci);
        }
    }

    private static void WriteDevice(Utf8JsonWriter json, ExplainRequest request)
    {
        NetDevice device = request.Device.Device;
        json.WriteStartObject("device");
        json.WriteString("name", device.Name);
        json.WriteString("kind", request.Device.Link is null ? "model" : "interface");
        json.WriteNumber("mtu", device.Mtu);
        json.WriteNumber("gsoMaxSize", device.GsoMaxSize);
        json.WriteNumber("gsoMaxSegments", device.GsoMaxSegments);
        JsonWords.WriteFeatures(json, "features", device.Features);
        JsonWords.WriteLines(json, "set", request.Switches);
        JsonWords.WriteLines(json, "unmet", request.Changes.Select(each => each.ToString()));
        json.WriteEndObject();
    }

    private static void WriteWalk(Utf8JsonWriter json, IReadOnlyList<TransmitDecision> walk)
    {
        json.WriteStartArray("walk");
        foreach (TransmitDecision decision in walk)
        {
            json.WriteStartObject();
            json.WriteString("step", JsonWords.Of(decision.Step));
            json.WriteString("cause", JsonWords.Of(decision.Cause));
            json.WriteString("text", decision.ToString());
            JsonWords.WriteFeatures(json, "lost", decision.Lost);
            JsonWords.WriteFeatures(json, "needed", decision.Needed);
            json.WriteNumber("count", decision.Count);
            json.WriteNumber("limit", decision.Limit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFrames(Utf8JsonWriter json, PacketExplanation explanation, bool hex)
    {
        json.WriteStartArray("frames");
        foreach (ExplainedFrame frame in explanation.Frames)
        {
            json.WriteStartObject();
            json.WriteNumber("bytes", frame.OriginalLength);
            json.WriteNumber("presentBytes", frame.Bytes.Length);
            json.WriteString("checksumIs", FrameWords.ChecksumOf(explanation, frame));
            WriteOffload(json, frame.Offload);
            if (hex)
            {
                json.WriteString("hex", Convert.ToHexStringLower(frame.Bytes));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
