namespace Wiretrue.Captures.Inference;

/// <summary>What told how a super-frame is to be cut.</summary>
public enum SegmentSizeSource : byte
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>The wire's MTU: nothing smaller was seen.</summary>
    Mtu,

    /// <summary>The MSS options of the handshake (RFC 9293 3.7.1).</summary>
    Handshake,

    /// <summary>Ordinary segments of the same flow.</summary>
    OrdinarySegments,

    /// <summary>How far the IPv4 identification is ahead in the flow's next packet.</summary>
    Identification,

    /// <summary>What the lengths of the flow's super-frames have in common.</summary>
    CommonDivisor,

    /// <summary>Whoever merged it noted the size (<see cref="Formats.SegmentationNote"/>).</summary>
    Noted,
}
