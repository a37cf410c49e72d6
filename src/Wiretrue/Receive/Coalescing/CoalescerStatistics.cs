namespace Wiretrue.Receive.Coalescing;

/// <summary>What became of the frames that a <see cref="Coalescer"/> took.</summary>
/// <remarks>
/// Every frame is in one of these, so <c>Received = Joined + SuperFrames + Alone + Passed</c> and those that are held still; and every packet that
/// was held and let go has one cause, so <c>SuperFrames + Alone = Ended + Superseded + Displaced + Expired + Flushed</c>.
/// </remarks>
public readonly record struct CoalescerStatistics
{
    /// <summary>Frames taken.</summary>
    public long Received { get; init; }

    /// <summary>Frames that became part of the packet before them.</summary>
    public long Joined { get; init; }

    /// <summary>Packets of several frames that went up.</summary>
    public long SuperFrames { get; init; }

    /// <summary>Frames that were held, and went up as they came.</summary>
    public long Alone { get; init; }

    /// <summary>Frames that went up at once, and were never held.</summary>
    public long Passed { get; init; }

    /// <summary>Let go since their last frame ends a super-frame: it is shorter, or has PSH, FIN or another such flag, or the count is full.</summary>
    public long Ended { get; init; }

    /// <summary>Let go since a frame of their flow came that could not join: by its headers, its sequence number, or the size.</summary>
    public long Superseded { get; init; }

    /// <summary>Let go as the oldest of a full bucket.</summary>
    public long Displaced { get; init; }

    /// <summary>Let go since they had waited long enough.</summary>
    public long Expired { get; init; }

    /// <summary>Let go at the end of a batch.</summary>
    public long Flushed { get; init; }
}
