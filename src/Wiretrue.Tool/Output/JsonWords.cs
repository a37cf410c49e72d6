using System.Text.Json;
using Wiretrue.Devices;

namespace Wiretrue.Tool.Output;

/// <summary>How names become words of JSON.</summary>
internal static class JsonWords
{
    /// <summary>The name of an enumeration's member in JSON's casing: <c>superFrameBad</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        string name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>An array of ethtool's words.</summary>
    public static void WriteFeatures(Utf8JsonWriter json, string name, DeviceFeatures features)
    {
        json.WriteStartArray(name);
        foreach (DeviceFeatures feature in FeatureNames.Each(features))
        {
            json.WriteStringValue(FeatureNames.NameOf(feature));
        }

        json.WriteEndArray();
    }

    /// <summary>An array of lines.</summary>
    public static void WriteLines(Utf8JsonWriter json, string name, IEnumerable<string> lines)
    {
        json.WriteStartArray(name);
        foreach (string line in lines)
        {
            json.WriteStringValue(line);
        }

        json.WriteEndArray();
    }
}
