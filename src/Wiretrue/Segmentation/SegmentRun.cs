using System.Runtime.Intrinsics;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>
/// Segments in a row that are alike: each has as much payload as the next, all of it in one page, and their headers are in one page too.
/// </summary>
/// <remarks>
/// Nearly all segments of a super-frame are, so the loops over them have nothing to decide; what is not alike is made one by one.
/// <code>
///  Headers   [ headers │░][ headers │░][ headers │░]        Stride apart, from HeaderOffset on
///  Payload   [ payload       ][ payload       ][ payload       ]    PayloadLength apart, from PayloadOffset on
/// </code>
/// </remarks>
internal readonly struct SegmentRun
{
    /// <summary>How many segments.</summary>
    public required int Count { get; init; }

    /// <summary>The super-frame's segment that is the first of them; 0 for the first of all.</summary>
    public required int FirstIndex { get; init; }

    /// <summary>Where their headers go.</summary>
    public required HeaderRoom Headers { get; init; }

    /// <summary>Where their payload lies.</summary>
    public required Page Payload { get; init; }

    /// <summary>Where the first one's payload begins in that page.</summary>
    public required int PayloadOffset { get; init; }

    /// <summary>Bytes of payload in each.</summary>
    public required int PayloadLength { get; init; }

    /// <summary>The headers' bytes, with what rounds them up.</summary>
    public Span<byte> HeaderBytes => Headers.Page.Bytes.AsSpan(Headers.Offset, Count * Headers.Stride);

    /// <summary>The payload of all of them.</summary>
    public ReadOnlySpan<byte> PayloadBytes => Payload.Bytes.AsSpan(PayloadOffset, Count * PayloadLength);

    /// <summary>The first segment's extent; each next one's is <see cref="PacketExtent.Step"/> of the headers' stride on.</summary>
    public Vector256<int> FirstExtent(LinkType linkType) =>
        PacketExtent.OfSegment(Headers.Offset, Headers.Length, Headers.Stride, PayloadLength, linkType);
}
