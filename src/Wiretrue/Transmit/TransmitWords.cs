using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Transmit;

/// <summary>Decisions in words.</summary>
internal static class TransmitWords
{
    public static string Describe(in TransmitDecision decision) => decision.Step switch
    {
        TransmitStep.DeviceFeatures => $"the device has {FeatureNames.Format(decision.After)}",
        <= TransmitStep.HighDma => $"{Narrowing(decision)}: without {FeatureNames.Format(decision.Lost & Decisions.LookedAt)}",
        TransmitStep.Dropped when decision.Fault != OffloadFault.None => $"dropped: {decision.Reason}, {decision.Fault}",
        TransmitStep.Dropped => $"dropped: {decision.Reason}",
        _ => Work(decision),
    };

    private static string Narrowing(in TransmitDecision decision) => decision.Step switch
    {
        TransmitStep.SegmentLimits when decision.Cause == TransmitCause.TooLong =>
            $"{decision.Count} bytes, and the device takes super-frames shorter than {decision.Limit}",
        TransmitStep.SegmentLimits when decision.Cause == TransmitCause.TooManySegments =>
            $"{decision.Count} segments, and the device makes {decision.Limit} at most",
        TransmitStep.SegmentLimits => "a segment size, and no word on what is to be cut",
        TransmitStep.PartialSegmentation => "the outer headers are not those of one segment",
        TransmitStep.FragmentableId => "IPv4 without DF, so that segments need IDs of their own",
        TransmitStep.ExtensionHeaders => "IPv6 extension headers before the transport",
        TransmitStep.Encapsulation => "what is owed lies inside a tunnel",
        TransmitStep.Vlan => "the packet has a VLAN tag",
        TransmitStep.DriverCheck => "the device looked at the packet",
        TransmitStep.Mpls => "the packet has an MPLS label",
        TransmitStep.Checksum => "the device cannot finish the checksum",
        _ => "bytes lie in pages that the device does not reach",
    };

    private static string Work(in TransmitDecision decision)
    {
        string work = decision.Step switch
        {
            TransmitStep.TagInserted => "VLAN tag written into the bytes",
            TransmitStep.NoSuperFrame => $"no super-frame: the {decision.Count} bytes of payload fit into one segment of {decision.Limit}",
            TransmitStep.Inspected => $"headers looked at again, for {decision.Count} segments",
            TransmitStep.Segmented => $"cut into {decision.Count} {(decision.Count == 1 ? "frame" : "frames")}",
            TransmitStep.Linearized => "copied into one piece",
            TransmitStep.VerdictForgotten => "the sum that the receiver gave is forgotten",
            TransmitStep.OuterChecksumCompleted => "outer checksum finished from the inner one",
            TransmitStep.ChecksumCompleted => "checksum finished",
            TransmitStep.Crc32CCompleted => "CRC32c finished",
            TransmitStep.TagLeft => "VLAN tag left to the device",
            TransmitStep.SegmentationLeft => "cutting left to the device",
            _ when decision.Cause == TransmitCause.DeviceDoes => "checksum left to the device",
            _ => "checksum stays owed",
        };
        string? cause = Cause(decision);
        return cause is null ? work : $"{work}: {cause}";
    }

    private static string? Cause(in TransmitDecision decision) => decision.Cause switch
    {
        TransmitCause.FeatureLacking => $"no {FeatureNames.Format(decision.Needed)}",
        TransmitCause.ProtocolNotCovered => $"{FeatureNames.Format(decision.Needed)} does not reach it",
        TransmitCause.ChecksumNotOwed => "its checksum is not owed, and the device would make one",
        TransmitCause.NotTrusted => "the source is not trusted",
        TransmitCause.TailMissing => "bytes that it covers were not captured",
        TransmitCause.MediumReliable => "nobody looks at it on this medium",
        TransmitCause.DeviceDoes => FeatureNames.Format(decision.Needed),
        _ => null,
    };
}
