namespace Wiretrue.Transmit;

/// <summary>Why a <see cref="TransmitStep"/> was taken, where the step alone does not say it.</summary>
public enum TransmitCause : byte
{
    /// <summary>The step says all.</summary>
    None,

    /// <summary>The super-frame has <see cref="TransmitDecision.Count"/> bytes, which must be fewer than <see cref="TransmitDecision.Limit"/>.</summary>
    TooLong,

    /// <summary>
    /// The super-frame makes <see cref="TransmitDecision.Count"/> segments, which must be no more than <see cref="TransmitDecision.Limit"/>.
    /// </summary>
    TooManySegments,

    /// <summary>The packet's features lack <see cref="TransmitDecision.Needed"/>.</summary>
    FeatureLacking,

    /// <summary>The device finishes checksums of TCP and UDP, right behind the network header of its families, and this is none.</summary>
    ProtocolNotCovered,

    /// <summary>A device that cuts makes the checksums as well, and no checksum is owed to begin with.</summary>
    ChecksumNotOwed,

    /// <summary>The source is not trusted.</summary>
    NotTrusted,

    /// <summary>The payload's <see cref="TransmitDecision.Count"/> bytes fit into one segment of <see cref="TransmitDecision.Limit"/>.</summary>
    FitsOneSegment,

    /// <summary>Bytes that were not captured are missing, so that the checksum cannot be known.</summary>
    TailMissing,

    /// <summary>Nobody looks at checksums on this medium.</summary>
    MediumReliable,

    /// <summary>The packet's features have <see cref="TransmitDecision.Needed"/>.</summary>
    DeviceDoes,
}
