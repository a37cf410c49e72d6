using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Tests.Inference;

/// <summary>Windows made of packets in memory, and what an inference says of them.</summary>
internal static class Windows
{
    /// <summary>A window with these packets, captured whole.</summary>
    public static CaptureWindow Of(params byte[][] packets) => Of(LinkType.Ethernet, packets);

    /// <summary>A window with these packets, captured whole on a link of the given type.</summary>
    public static CaptureWindow Of(LinkType linkType, params byte[][] packets)
    {
        var window = new CaptureWindow { Buffer = [.. packets.SelectMany(p => p)], FirstPacketNumber = 1 };
        window.Length = window.Buffer.Length;
        int offset = 0;
        foreach (byte[] packet in packets)
        {
            ref CaptureRecord record = ref window.Add();
            record.DataOffset = offset;
            record.CapturedLength = packet.Length;
            record.OriginalLength = (uint)packet.Length;
            record.LinkType = linkType;
            offset += packet.Length;
        }
        return window;
    }

    /// <summary>The same window with its last packet cut to <paramref name="captured"/> bytes.</summary>
    public static CaptureWindow SnapLast(this CaptureWindow window, int captured)
    {
        window.Records[^1].CapturedLength = captured;
        return window;
    }

    /// <summary>The same window with the capture's own word on its last packet.</summary>
    public static CaptureWindow FlagLast(this CaptureWindow window, PacketFlags flags)
    {
        window.Records[^1].Flags = flags;
        return window;
    }

    /// <summary>What is said of the last packet.</summary>
    public static (PacketVerdict Verdict, PacketDecision Decision) Infer(this CaptureWindow window, InferenceOptions? options = null) =>
        window.Infer(new OffloadInference(options ?? new InferenceOptions { Exact = true }));

    /// <summary>What is said of the last packet by an inference that may have seen windows before.</summary>
    public static (PacketVerdict Verdict, PacketDecision Decision) Infer(this CaptureWindow window, OffloadInference inference)
    {
        inference.Observe(window);
        var layout = default(PacketLayout);
        PacketDecision decision = inference.Decide(window, window.Records.Length - 1, ref layout);
        return (inference.Verdicts[^1], decision);
    }
}
