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
        using var run = new CoalescingRun(new CoalescerOptions());
        Judge(run, name);
    }

    [CorpusTheory]
    [MemberData(nameof(Captures))]
    public void So_do_datagrams_that_are_joined_but_for_identifications_that_stayed(string name)
    {
        using var run = new CoalescingRun(new CoalescerOptions { UdpForwarding = true }) { Ignore = IgnoreIdentification };
        Judge(run, name);
    }

    private void Judge(CoalescingRun run, string name)
    {
        var random = new Random(81);
        var flows = new Dictionary<string, int>(StringComparer.Ordinal);
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

    /// <summary>Of an IPv4 packet of UDP behind an Ethernet header without tags, or with one.</summary>
    private static void IgnoreIdentification(byte[] frame)
    {
        int at = frame.Length > 18 && frame[12] == 0x81 && frame[13] == 0 ? 18 : 14;
        if (frame.Length < at + 20 || frame[at - 2] != 8 || frame[at - 1] != 0 || frame[at] != 0x45 || frame[at + 9] != 17)
            return;
        // A header that is wrong is left alone, and must not be taken for another one.
        if (PlainSum.Sum(frame.AsSpan(at, 20)) != 0xFFFF)
            return;
        frame.AsSpan(at + 4, 2).Clear();
        frame.AsSpan(at + 10, 2).Clear();
    }

    /// <summary>What is no whole and right frame overtakes what is held, as nobody looks into it; so do datagrams that are never joined.</summary>
    private static int FlowOf(PlainPacket packet, Dictionary<string, int> flows)
    {
        string key = PlainWalk.Innermost(packet) is { } transport && IsRight(packet) && !IsPlainDatagram(packet, transport)
            ? $"{Convert.ToHexString(packet.Bytes.AsSpan(0, 14))} {transport.Flow}"
            : "";
        if (!flows.TryGetValue(key, out int number))
            flows.Add(key, number = flows.Count);
        return number;
    }

    /// <summary>It has no checksum, or nothing in it.</summary>
    private static bool IsPlainDatagram(PlainPacket packet, PlainTransport transport) => !transport.IsTcp
        && (transport.PayloadLength == 0 || (packet.Bytes[transport.Offset + 6] | packet.Bytes[transport.Offset + 7]) == 0);

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
