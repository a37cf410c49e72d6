using Wiretrue.Packets;
using Wiretrue.Receive;

namespace Wiretrue.Tests.Receive;

/// <summary>Frames that are judged in one call, for tests.</summary>
internal static class Received
{
    /// <summary>What becomes of a frame in this state.</summary>
    public static ReceiveVerdict Judge(byte[] frame, OffloadState state = default, ReceiveOptions? options = null)
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(frame, state);
        return ReceivePath.Judge(packet, options ?? ReceiveOptions.Default);
    }

    /// <summary>What was decided of it, a line for each.</summary>
    public static string[] Lines(byte[] frame, OffloadState state = default, ReceiveOptions? options = null)
    {
        using var pool = new PacketPool();
        using Packet packet = pool.Rent(frame, state);
        var listener = new Listener();
        ReceivePath.Judge(packet, options ?? ReceiveOptions.Default, ref listener);
        return [.. listener.Heard.Select(decision => decision.ToString())];
    }

    /// <summary>The state of a device that summed the frame from behind its Ethernet header.</summary>
    public static OffloadState Summed(byte[] frame, int start = 14) => new()
    {
        Checksum = ChecksumState.Complete,
        ChecksumStart = start,
        CompleteSum = Wiretrue.Testing.Synthesis.PlainSum.Sum(frame.AsSpan(start)),
    };

    private readonly struct Listener() : IReceiveObserver
    {
        public List<ReceiveDecision> Heard { get; } = [];

        public void Decided(in ReceiveDecision decision) => Heard.Add(decision);
    }
}
