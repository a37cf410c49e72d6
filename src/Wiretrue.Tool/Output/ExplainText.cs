using System.Text;
using Wiretrue.Captures.Explanation;
using Wiretrue.Captures.Inference;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Tool.Commands;
using Wiretrue.Transmit;

namespace Wiretrue.Tool.Output;

/// <summary>The way of one packet to a device, for people.</summary>
internal static class ExplainText
{
    private const int Width = 116;

    public static string Of(string file, ExplainRequest request, PacketExplanation explanation)
    {
        var text = new StringBuilder();
        string captured = explanation.Captured.Length < explanation.OriginalLength ? $", {explanation.Captured.Length} captured" : "";
        text.Append($"{file}, packet {explanation.Frame}: {explanation.OriginalLength} bytes{captured}, {LayerWords.Of(explanation.LinkType)}\n");
        Headers(text, explanation);
        Section(text, "found", InferenceWords.Found(explanation));
        Section(text, "asked", Asked(explanation));
        Section(text, $"device {request.Device.Device.Name}", Device(request));
        Section(text, "walk", Walk(explanation));
        Section(text, "left", FrameWords.Of(explanation));
        if (request.Hex)
        {
            HexDump.Append(text, explanation);
        }

        return text.ToString();
    }

    private static void Headers(StringBuilder text, PacketExplanation explanation)
    {
        text.Append("headers\n");
        foreach (Layer layer in explanation.Layers)
        {
            int length = layer.HeaderLength == 0 ? layer.Length : layer.HeaderLength;
            text.Append($"  {layer.Offset,6}  {LayerWords.Of(layer.Kind),-15}  {length,5}\n");
        }

        if (explanation.Layers.Count > 0 && explanation.Layers[^1] is { HeaderLength: > 0, ContentLength: > 0 } last)
        {
            text.Append($"  {last.ContentOffset,6}  {"payload",-15}  {last.ContentLength,5}\n");
        }
    }

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        text.Append(title).Append('\n');
        foreach (string line in lines)
        {
            Wrapped(text, line);
        }
    }

    // Features can be many; their words go on below, further in.
    private static void Wrapped(StringBuilder text, string line)
    {
        ReadOnlySpan<char> rest = line;
        string indent = "  ";
        while (rest.Length > Width && rest[..Width].LastIndexOf(' ') is var space and > 0)
        {
            text.Append(indent).Append(rest[..space]).Append('\n');
            rest = rest[(space + 1)..];
            indent = "      ";
        }

        text.Append(indent).Append(rest).Append('\n');
    }

    private static IEnumerable<string> Asked(PacketExplanation explanation)
    {
        PacketDecision decision = explanation.Decision;
        OffloadState owed = decision.Owed;
        if (owed.Checksum == ChecksumState.Partial)
        {
            yield return $"checksum ({(owed.ChecksumIsCrc32C ? "CRC32c" : "Internet")}): summed from byte {owed.ChecksumStart}, "
                + $"stored at byte {owed.ChecksumStart + owed.ChecksumOffset}";
        }

        if (owed.IsGso)
        {
            yield return $"segmentation: {GsoWords.Of(owed.GsoType)}; {owed.GsoSegments} segments of {owed.GsoSize} bytes of payload, "
                + InferenceWords.Of(decision.SizeFrom);
        }

        foreach (RewrittenField field in explanation.Rewritten)
        {
            int digits = field.Size * 2;
            yield return $"first put into Linux's conventions: {LayerWords.Of(field.Layer)} {field.Name} at byte {field.Offset}, "
                + $"0x{field.Before.ToString($"x{digits}")} becomes 0x{field.After.ToString($"x{digits}")}";
        }

        if (owed == default && explanation.Rewritten.Count == 0)
        {
            yield return "nothing";
        }

        if (decision.Left != LeftReason.None)
        {
            yield return $"left alone: {InferenceWords.Of(decision.Left)}";
        }
    }

    private static IEnumerable<string> Device(ExplainRequest request)
    {
        NetDevice device = request.Device.Device;
        string kind = request.Device.Link is null ? "a model" : "an interface of this machine";
        yield return $"{kind}; mtu {device.Mtu}, gso_max_size {device.GsoMaxSize}, gso_max_segs {device.GsoMaxSegments}";
        yield return $"has {FeatureNames.Format(device.Features)}";
        foreach (string each in request.Switches)
        {
            yield return $"set {each}";
        }

        foreach (FeatureChange change in request.Changes)
        {
            yield return change.ToString();
        }
    }

    private static string[] Walk(PacketExplanation explanation)
    {
        // The features that the device has are told above.
        IEnumerable<string> lines = explanation.Walk.Where(each => each.Step != TransmitStep.DeviceFeatures).Select(each => each.ToString());
        return explanation.Walk.Any(each => each.Step > TransmitStep.HighDma) ? [.. lines] : [.. lines, "nothing is to be done: it goes as it is"];
    }
}
