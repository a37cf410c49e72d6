namespace Wiretrue.Captures.Formats;

/// <summary>
/// What a new record has that the one it stems from has not; the rest (time, interface, comments, custom options) is the original's.
/// </summary>
public readonly ref struct RecordChange
{
    /// <summary>Bytes that the new record holds.</summary>
    public required int CapturedLength { get; init; }

    /// <summary>Bytes that the frame had on the wire; not below <see cref="CapturedLength"/>.</summary>
    public required uint OriginalLength { get; init; }

    /// <summary>Bits to clear in the packet flags, where the original has any.</summary>
    public PacketFlags ClearFlags { get; init; }

    /// <summary>Bits to set in the packet flags, which the new record has then. Only pcapng's enhanced blocks have room for them.</summary>
    public PacketFlags SetFlags { get; init; }

    /// <summary>UTF-8 for a comment more, at most 65,535 bytes; empty for none. Only pcapng has room for it.</summary>
    public ReadOnlySpan<byte> Comment { get; init; }
}
