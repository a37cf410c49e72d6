using System.Text.Json;
using Wiretrue.Captures.Diagnosis;
using Wiretrue.Devices;
using Wiretrue.Tool.Commands;

namespace Wiretrue.Tool.Output;

/// <summary>A device's features as JSON on one line: ethtool's own form, with what is ours, schema 1, in a member called <c>wiretrue</c>.</summary>
internal static class FeaturesJson
{
    /// <summary>One device: an array of one object, as ethtool has it.</summary>
    public static void Write(Stream stream, NamedDevice named)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("ifname", named.Device.Name);
            foreach (FeatureLine line in FeatureLine.AllOf(named.States))
            {
                json.WriteStartObject(line.Name);
                json.WriteBoolean("active", line.Active);
                WriteBoolean(json, "fixed", line.Fixed);
                WriteBoolean(json, "requested", line.Requested);
                json.WriteEndObject();
            }

            json.WriteStartObject("wiretrue");
            json.WriteNumber("schema", 1);
            WriteDevice(json, named);
            WriteArtefacts(json, named.Device);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>All devices: an array with a short object for each.</summary>
    public static void WriteList(Stream stream, IReadOnlyList<NamedDevice> devices)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (NamedDevice named in devices)
            {
                json.WriteStartObject();
                json.WriteString("ifname", named.Device.Name);
                WriteDevice(json, named);
                JsonWords.WriteLines(json, "active", named.States.Where(state => state.Active).Select(state => state.Name));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteDevice(Utf8JsonWriter json, NamedDevice named)
    {
        NetDevice device = named.Device;
        json.WriteString("kind", named.Link is null ? "model" : "interface");
        json.WriteNumber("mtu", device.Mtu);
        json.WriteNumber("gsoMaxSize", device.GsoMaxSize);
        json.WriteNumber("gsoIPv4MaxSize", named.Link is { GsoIPv4MaxSize: > 0 and var ipv4 } ? ipv4 : device.GsoMaxSize);
        json.WriteNumber("gsoMaxSegments", device.GsoMaxSegments);
        json.WriteNumber("groMaxSize", device.GroMaxSize);
    }

    private static void WriteArtefacts(Utf8JsonWriter json, NetDevice device)
    {
        json.WriteStartArray("artefacts");
        foreach (ExpectedArtefact artefact in ExpectedArtefacts.Of(device))
        {
            json.WriteStartObject();
            json.WriteString("kind", JsonWords.Of(artefact.Kind));
            json.WriteString("direction", artefact.Received ? "received" : "sent");
            json.WriteString("text", artefact.Description);
            JsonWords.WriteFeatures(json, "because", artefact.Because);
            json.WriteString("prevention", artefact.Prevention(device.Name));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBoolean(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } known)
        {
            json.WriteBoolean(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
