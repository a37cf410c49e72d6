
namespace Wiretrue.Captures.Inference;

/// <summary>
/// Follows the IPv4 identification of one direction of a flow. A sender counts one up for each frame of the wire, so the field of the
/// packet after a super-frame says how many frames that stood for.
/// </summary>
internal struct IdentificationTrail
{
    private uint _nextSequence;
    private int _payload;
    private int _record;
    private int _window;
    private ushort _last;
    private bool _known;
    private bool _oversized;
    private byte _whole;
    private byte _merged;

    /// <summary>
    /// Frames larger than the MTU are frames of the wire here, not super-frames: the field goes up by one over each of them, so the network
    /// takes larger frames than was thought.
    /// </summary>
    public readonly bool ShowsWholeFrames => _whole >= 2 && _whole > _merged;

    /// <summary>Learns from the next TCP segment.</summary>
    /// <param name="identification">Its IPv4 identification.</param>
    /// <param name="sequence">Its TCP sequence number.</param>
    /// <param name="payload">Bytes of payload, as the lengths on the wire say.</param>
    /// <param name="oversized">It may be a super-frame.</param>
    /// <param name="window">Number of the window that it is in.</param>
    /// <param name="record">Number of its record there.</param>
    /// <param name="gap">How far the field moved on.</param>
    /// <returns>What is known now of the segment before.</returns>
    public Predecessor Follow(ushort identification, uint sequence, int payload, bool oversized, int window, int record, out ushort gap)
    {
        gap = (ushort)(identification - _last);
        // A retransmission, a duplicate or a hole says nothing: only the very next bytes count.
        Predecessor before = _known && _oversized && sequence == _nextSequence
            ? new Predecessor(_payload, _window == window ? _record : -1)
            : default;
        if (before.Payload != 0)
        {
            if (gap == 1 && _whole < byte.MaxValue)
                _whole++;
            else if (gap > 1 && _merged < byte.MaxValue)
                _merged++;
        }

        (_known, _last, _nextSequence) = (true, identification, sequence + (uint)payload);
        (_oversized, _payload, _window, _record) = (oversized, payload, window, record);
        return before;
    }

    /// <summary>The oversized segment directly before.</summary>
    /// <param name="Payload">Its payload in bytes; 0 when there was none.</param>
    /// <param name="Record">Number of its record; -1 when it was in an earlier window.</param>
    internal readonly record struct Predecessor(int Payload, int Record);
}
