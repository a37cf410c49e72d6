using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Transmit;

/// <summary>Keeps the decisions of the transmit path.</summary>
internal readonly struct Listener() : ITransmitObserver
{
    public List<TransmitDecision> Heard { get; } = [];

    public void Decided(in TransmitDecision decision) => Heard.Add(decision);

    /// <summary>Sends a frame down the path, and returns what was decided, a line for each.</summary>
    public static string[] Lines(ReadOnlySpan<byte> frame, in OffloadState state, NetDevice device)
    {
        using var pool = new PacketPool();
        using var ready = new PacketQueue();
        var listener = new Listener();
        TransmitPath.Validate(pool.Rent(frame, state), device, ready, ref listener);
        return [.. listener.Heard.Select(decision => $"{decision.Step}: {decision}")];
    }
}
