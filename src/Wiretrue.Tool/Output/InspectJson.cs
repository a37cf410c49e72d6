using System.Text.Json;
using Wiretrue.Captures.Diagnosis;
using Wiretrue.Captures.Formats;

namespace Wiretrue.Tool.Output;

/// <summary>What was counted in a capture as JSON, schema 1: one object on one line.</summary>
internal static class InspectJson
{
    public static void Write(Stream stream, string file, CaptureCompression compression, InspectReport report)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", 1);
            json.WriteString("file", file);
            json.WriteString("format", FormatWords.Of(report.Format));
            json.WriteString("compression", FormatWords.Of(compression));
            json.WriteNumber("packets", report.Packets);
            json.WriteNumber("bytes", report.Bytes);
            json.WriteNumber("truncated", report.Truncated);
            json.WriteNumber("malformed", report.Malformed);
            json.WriteStartObject("checksums");
            WriteIPv4(json, report);
            WriteTransport(json, "tcp", report.Tcp, isUdp: false);
            WriteTransport(json, "udp", report.Udp, isUdp: true);
            WriteSctp(json, report.Sctp);
            WriteIcmp(json, "icmp", report.Icmp);
            WriteIcmp(json, "icmpv6", report.IcmpV6);
            json.WriteEndObject();
            json.WriteStartObject("inner");
            WriteTransport(json, "tcp", report.InnerTcp, isUdp: false);
            WriteTransport(json, "udp", report.InnerUdp, isUdp: true);
            json.WriteEndObject();
            WriteSuperFrames(json, report.SuperFrames);
            json.WriteStartObject("lengthZero");
            json.WriteNumber("ipv4", report.IPv4LengthZero);
            json.WriteNumber("ipv6", report.IPv6LengthZero);
            json.WriteEndObject();
            json.WriteNumber("fragments", report.Fragments);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteIPv4(Utf8JsonWriter json, InspectReport report)
    {
        json.WriteStartObject("ipv4");
        json.WriteNumber("good", report.IPv4Good);
        json.WriteNumber("zero", report.IPv4Zero);
        json.WriteNumber("bad", report.IPv4Bad);
        json.WriteEndObject();
    }

    private static void WriteTransport(Utf8JsonWriter json, string name, ChecksumCounts counts, bool isUdp)
    {
        json.WriteStartObject(name);
        json.WriteNumber("good", counts.Good);
        json.WriteNumber("partial", counts.Partial);
        json.WriteNumber("partialNoLength", counts.PartialNoLength);
        json.WriteNumber("zero", counts.Zero);
        json.WriteNumber("rewritten", counts.Rewritten);
        json.WriteNumber("rewrittenPartial", counts.RewrittenPartial);
        json.WriteNumber("bad", counts.Bad);
        json.WriteNumber("unverifiable", counts.Unverifiable);
        if (isUdp)
        {
            json.WriteNumber("absent", counts.Absent);
        }

        json.WriteEndObject();
    }

    private static void WriteSctp(Utf8JsonWriter json, ChecksumCounts counts)
    {
        json.WriteStartObject("sctp");
        json.WriteNumber("good", counts.Good);
        json.WriteNumber("zero", counts.Zero);
        json.WriteNumber("adler32", counts.Adler32);
        json.WriteNumber("bad", counts.Bad);
        json.WriteNumber("unverifiable", counts.Unverifiable);
        json.WriteEndObject();
    }

    private static void WriteIcmp(Utf8JsonWriter json, string name, ChecksumCounts counts)
    {
        json.WriteStartObject(name);
        json.WriteNumber("good", counts.Good);
        json.WriteNumber("bad", counts.Bad);
        json.WriteNumber("unverifiable", counts.Unverifiable);
        json.WriteEndObject();
    }

    private static void WriteSuperFrames(Utf8JsonWriter json, SuperFrameCounts counts)
    {
        json.WriteStartObject("superFrames");
        json.WriteNumber("count", counts.Count);
        json.WriteNumber("partial", counts.Partial);
        json.WriteNumber("partialNoLength", counts.PartialNoLength);
        json.WriteNumber("zero", counts.Zero);
        json.WriteNumber("good", counts.Good);
        json.WriteNumber("bad", counts.Bad);
        json.WriteNumber("largestBytes", counts.LargestBytes);
        json.WriteEndObject();
    }
}
