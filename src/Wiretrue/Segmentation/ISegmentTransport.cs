namespace Wiretrue.Segmentation;

/// <summary>
/// What one transport protocol changes from segment to segment. A struct, so that the loop is compiled for each without calls.
/// </summary>
internal interface ISegmentTransport
{
    /// <summary>Where the checksum is, from the transport header's first byte.</summary>
    static abstract int ChecksumOffset { get; }

    /// <summary>True when segments have no checksum, for the super-frame has none.</summary>
    bool ChecksumIsAbsent { get; }

    /// <summary>Remembers what the super-frame's header says, and clears in it what differs from segment to segment.</summary>
    void Open(Span<byte> header, int segmentPayload);

    /// <summary>Sets the lengths in the template's transport header, and sums what stays the same in segments of this length.</summary>
    /// <param name="header">The template's transport header, options included.</param>
    /// <param name="payloadLength">Bytes of payload.</param>
    /// <param name="pseudoHeader">Sum of the pseudo-header, for this length.</param>
    void Prepare(Span<byte> header, int payloadLength, ushort pseudoHeader);

    /// <summary>The first segment's header has something that those after it do not have.</summary>
    bool FirstDiffers { get; }

    /// <summary>Writes what is this segment's own, the checksum left aside.</summary>
    /// <param name="header">The segment's transport header, a copy of the template's.</param>
    /// <param name="index">0 for the first segment.</param>
    /// <param name="isLast">No segment follows.</param>
    /// <returns>The sum of header and pseudo-header, not folded: with the payload's it makes the checksum.</returns>
    ulong Write(Span<byte> header, int index, bool isLast);

    /// <summary>Writes the same for segments in a row, neither a first one that differs nor the last.</summary>
    /// <param name="headers">Their headers, copies of the template, from the first byte of the first one on.</param>
    /// <param name="offset">Where the transport header is, in bytes from the first of a segment's headers.</param>
    /// <param name="stride">Bytes from one segment's headers to the next's.</param>
    /// <param name="index">Number of the first of them.</param>
    void Write(Span<byte> headers, int offset, int stride, int index);

    /// <summary>As <see cref="Write(Span{byte}, int, bool)"/> returns it, for a segment that is like the others.</summary>
    ulong HeaderSum(int index);

    /// <summary>What the checksum field holds for a (not inverted, not folded) sum over everything.</summary>
    static abstract ushort ChecksumOf(ulong sum);
}
