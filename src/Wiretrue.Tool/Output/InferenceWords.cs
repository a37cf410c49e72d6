using Wiretrue.Captures.Explanation;
using Wiretrue.Captures.Inference;
using Wiretrue.Headers;

namespace Wiretrue.Tool.Output;

/// <summary>What an inference found, and why it decided as it did, in words.</summary>
internal static class InferenceWords
{
    /// <summary>What was found about one packet: a line for each checksum, and for all that tells of a super-frame.</summary>
    public static IEnumerable<string> Found(PacketExplanation explanation)
    {
        PacketVerdict verdict = explanation.Verdict;
        if (explanation.Layers.Count == 0)
        {
            yield return "a link type that is not known here: no header can be read";
        }

        if (verdict.IPv4Header != CapturedChecksum.None)
        {
            yield return $"IPv4 header checksum is {OfHeader(verdict.IPv4Header)}";
        }

        Layer[] transports = [.. explanation.Layers.Where(layer => layer.IsTransport)];
        for (int level = 0; level < verdict.Transports; level++)
        {
            bool declared = (verdict.Flags & VerdictFlags.DeclaredPartial) != 0 && level == 0;
            yield return $"{LayerWords.Of(transports[level].Kind)} checksum is "
                + (declared ? "half-made, as the capture itself says (epb_flags)" : Of(verdict.Checksum(level), transports[level].Kind));
        }

        foreach ((VerdictFlags flag, string words) in Flags)
        {
            if ((verdict.Flags & flag) != 0)
            {
                yield return words;
            }
        }

        if ((verdict.Flags & VerdictFlags.IPv4Bad) != 0 && verdict.IPv4Header != CapturedChecksum.Bad)
        {
            yield return "inner IPv4 header checksum is wrong";
        }

        if ((verdict.Flags & VerdictFlags.Oversized) != 0)
        {
            yield return "larger than a segment of its flow, or than the wire's MTU: "
                + (explanation.Decision.SuperFrame ? "a super-frame" : "but one segment holds it, so it is no super-frame");
        }

        if (explanation.Fault.IsFault)
        {
            yield return FaultWords.Of(explanation.Fault);
        }

        if (explanation.TrailerLength > 0)
        {
            yield return $"{explanation.TrailerLength} {(explanation.TrailerLength == 1 ? "byte" : "bytes")} behind the packet, which no checksum covers: padding, a trailer or a frame check sequence";
        }
    }

    /// <summary>What told the size of segments.</summary>
    public static string Of(SegmentSizeSource source) => source switch
    {
        SegmentSizeSource.Handshake => "what the handshake allows",
        SegmentSizeSource.OrdinarySegments => "the size of the flow's ordinary segments",
        SegmentSizeSource.Identification => "as many as the IPv4 ID of the flow's next packet counts",
        SegmentSizeSource.Noted => "what the packet's comment says",
        SegmentSizeSource.CommonDivisor => "what the flow's super-frames have in common",
        _ => "what fits the wire's MTU",
    };

    /// <summary>Why a packet that is not as on the wire, or may not be, is left as it is.</summary>
    public static string Of(LeftReason reason) => reason switch
    {
        LeftReason.Bad => "a checksum is wrong, and no offload explains it: corruption is not made good",
        LeftReason.Rewritten => "addresses or ports were rewritten after the sum was taken, which no offload does (fix --rewritten mends it)",
        LeftReason.Snapped => "the checksum covers bytes that were not captured",
        LeftReason.Unverifiable => "whether the checksum is right cannot be known",
        LeftReason.Uncuttable => "a super-frame whose headers cannot be made anew for each segment",
        LeftReason.Zero => "a checksum of 0 that this protocol allows to tunnels alone, and nothing shows who left it",
        LeftReason.Adler32 => "SCTP's checksum of its first years, which was right then",
        _ => "nothing",
    };

    private static readonly (VerdictFlags Flag, string Words)[] Flags =
    [
        (VerdictFlags.Snapped, "snapped: fewer bytes were captured than the packet had"),
        (VerdictFlags.Fragment, "an IP fragment, from which no transport can be read"),
        (VerdictFlags.IPv4LengthZero, "IPv4 total length 0: as a card is handed it to cut, or longer than the field can say"),
        (VerdictFlags.IPv6LengthZero, "IPv6 payload length 0: longer than the field can say"),
        (VerdictFlags.InnerIPv4Zero, "inner IPv4 header checksum 0, which is not right: left to a card"),
        (VerdictFlags.DeclaredSuperFrame, "a super-frame, as the capture itself says (epb_flags)"),
        (VerdictFlags.NotedSegmentation, "a super-frame, as a comment of the packet says: wiretrue merge made it"),
        (VerdictFlags.FixedIdentification, "the flow does not count in the IPv4 ID"),
    ];

    private static string OfHeader(CapturedChecksum checksum) => checksum switch
    {
        CapturedChecksum.Good => "right",
        CapturedChecksum.Zero => "0, which is not right: left to a card",
        CapturedChecksum.Bad => "wrong",
        _ => "not known: the header was not captured whole",
    };

    private static string Of(CapturedChecksum checksum, LayerKind kind) => checksum switch
    {
        CapturedChecksum.None => "of no kind that is known here",
        CapturedChecksum.Absent => "0: the sender chose to have none",
        CapturedChecksum.Good => "right",
        CapturedChecksum.Partial => "half-made: the folded sum of the pseudo-header, as Linux leaves it to a card",
        CapturedChecksum.PartialNoLength => "half-made: the sum of the pseudo-header without the length, as Windows leaves it to a card that cuts",
        CapturedChecksum.Zero when kind == LayerKind.Sctp => "0: the CRC32c was left to a card",
        CapturedChecksum.Zero when kind == LayerKind.Tcp => "0, as Windows leaves it on what it merged",
        CapturedChecksum.Zero => "0",
        CapturedChecksum.Adler32 => "Adler-32, as before RFC 3309",
        CapturedChecksum.Rewritten => "off by the same amount in the whole flow: something that it covers was rewritten",
        CapturedChecksum.RewrittenPartial => "half-made, and then something that it covers was rewritten",
        CapturedChecksum.Bad => "wrong",
        _ => "not known: it covers bytes that were not captured, or lengths contradict each other",
    };
}
