using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Inference;
using Wiretrue.Captures.Repair;
using Wiretrue.Devices;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Transmit;

namespace Wiretrue.Captures.Explanation;

/// <summary>
/// Shows for one packet of a capture what a repair would do, step by step, and on any device: by the same inference, over the same windows, and
/// down the same transmit path.
/// </summary>
public static class CaptureExplainer
{
    /// <summary>Explains one packet.</summary>
    /// <param name="reader">The capture, from its beginning; it is read as far as the window that holds the packet.</param>
    /// <param name="frame">The packet's number, from 1.</param>
    /// <param name="device">Where it goes.</param>
    /// <param name="options">What a repair may do.</param>
    /// <returns>Null when the capture has fewer packets; it was read to its end then.</returns>
    /// <exception cref="CaptureFormatException">The capture contradicts itself before the packet.</exception>
    /// <exception cref="CaptureAccessException">The system could not read on.</exception>
    public static PacketExplanation? Explain(CaptureReader reader, long frame, NetDevice device, RepairOptions options)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(frame, 1);
        var inference = new OffloadInference(options.Inference);
        var window = new CaptureWindow();
        while (reader.Read(window))
        {
            inference.Observe(window);
            if (frame - window.FirstPacketNumber < window.Records.Length)
                return Explain(inference, window, (int)(frame - window.FirstPacketNumber), device);
        }
        return null;
    }

    private static PacketExplanation Explain(OffloadInference inference, CaptureWindow window, int index, NetDevice device)
    {
        ref readonly CaptureRecord record = ref window.Records[index];
        var layout = default(PacketLayout);
        PacketDecision decision = inference.Decide(window, index, ref layout);
        PacketVerdict verdict = inference.Verdicts[index];
        Span<byte> data = window.Data(in record);
        byte[] captured = data.ToArray();
        if (decision.Changes)
            inference.Normalize(data, in layout, in verdict, in decision);
        byte[] handed = data[..decision.Length].ToArray();
        Layer[] layers = LayersOf(in layout);

        var observer = new WalkRecorder([]);
        DropReason dropped = Send(window.Buffer, in record, in layout, in decision, device, ref observer, out List<ExplainedFrame> frames);
        return new PacketExplanation
        {
            Frame = window.FirstPacketNumber + index,
            LinkType = record.LinkType,
            Captured = captured,
            OriginalLength = record.OriginalLength,
            Layers = layers,
            Fault = layout.Fault,
            Verdict = verdict,
            Decision = decision,
            Handed = handed,
            Rewritten = [.. RewrittenField.Between(captured, handed, layers)],
            Walk = observer.Decisions,
            Dropped = dropped,
            Frames = frames,
        };
    }

    private static DropReason Send(
        byte[] buffer, in CaptureRecord record, in PacketLayout layout, in PacketDecision decision, NetDevice device,
        ref WalkRecorder observer, out List<ExplainedFrame> frames)
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        frames = [];
        Packet packet = CapturedPacket.Rent(pool, new Page(buffer), in record, in layout, in decision);
        DropReason dropped = TransmitPath.Validate(packet, device, ready, ref observer);
        for (Packet? left = ready.First; left is not null; left = left.Next)
        {
            left.Walk();
            byte[] bytes = new byte[left.Length];
            left.CopyTo(bytes);
            frames.Add(new ExplainedFrame(bytes, left.OriginalLength, left.Offload, LayersOf(in left.Layout)));
        }
        return dropped;
    }

    private static Layer[] LayersOf(in PacketLayout layout)
    {
        var layers = new Layer[layout.Count];
        for (int i = 0; i < layers.Length; i++)
            layers[i] = layout[i];
        return layers;
    }

    /// <summary>Writes down what it is told.</summary>
    private readonly struct WalkRecorder(List<TransmitDecision> decisions) : ITransmitObserver
    {
        public List<TransmitDecision> Decisions => decisions;

        public void Decided(in TransmitDecision decision) => decisions.Add(decision);
    }
}
