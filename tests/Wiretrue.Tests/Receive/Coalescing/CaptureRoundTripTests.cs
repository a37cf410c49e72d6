using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive.Coalescing;
using Wiretrue.Testing;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Skipping;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Flows;
using Wiretrue.Testing.Synthesis.Reception;
using Xunit.Abstractions;

namespace Wiretrue.Tests.Receive.Coalescing;

/// <summary>Frames that others recorded, merged and cut again: each comes out as it was, in the order of its flow.</summary>
public sealed class CaptureRoundTripTests(ITestOutputHelper output)
{
    public static TheoryData<string> Captures =>
        [.. Corpus.Captures.Concat(Corpus.OwnCaptures).Where(path => !path.EndsWith(".snoop", StringComparison.Ordinal)).Select(path => Path.GetRelativePath(Corpus.Folder, path))];

    [CorpusTheory]
    [MemberData(nameof(Captures))]
    public void Every_frame_of_a_capture_comes_back(string name)
    {
        var random = new Random(81);
        var flows = new Dictionary<string, int>(StringComparer.Ordinal);
        using var run = new CoalescingRun(new CoalescerOptions());
        int held = 0;
        foreach (PlainPacket packet in PlainCapture.Read(Corpus.PathOf(name)))
        {
            if (packet.IsSnapped || packet.Bytes.Length == 0)
                continue;
            Packet received = ReceivedPacket.Rent(run.Pool, random, packet.Bytes);
            received.LinkType = (LinkType)packet.LinkType;
            run.Receive(new FlowFrame(FlowOf(packet, flows), packet.Bytes), received);
            if (++held % 64 == 0)
                run.Flush();
        }
        run.Flush();
        output.WriteLine($"{run.Frames} frames, {run.Merged} of them in {run.SuperFrames} super-frames");
    }

    /// <summary>What is no whole and right frame overtakes what is held, as nobody looks into it.</summary>
    private static int FlowOf(PlainPacket packet, Dictionary<string, int> flows)
    {
        string key = PlainWalk.Innermost(packet) is { } transport && IsRight(packet) ? transport.Flow : "";
        if (!flows.TryGetValue(key, out int number))
            flows.Add(key, number = flows.Count);
        return number;
    }

    private static bool IsRight(PlainPacket packet)
    {
        try
        {
            bool isRawIP = packet.LinkType is 12 or 14 or 101 or 228 or 229;
            PlainReceiver.Receive(isRawIP ? Frames.Ethernet(packet.Bytes) : packet.Bytes);
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or IndexOutOfRangeException)
        {
            return false;
        }
    }
}
