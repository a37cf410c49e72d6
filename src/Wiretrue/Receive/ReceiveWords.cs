using Wiretrue.Packets;

namespace Wiretrue.Receive;

/// <summary>Decisions in words.</summary>
internal static class ReceiveWords
{
    public static string Describe(in ReceiveDecision decision)
    {
        string what = decision.Step switch
        {
            ReceiveStep.HandedUp => $"the device says {Say(decision)}",
            ReceiveStep.Trimmed => $"{decision.Count} bytes behind it are not its own",
            ReceiveStep.HeaderSummed => "the header's checksum is right",
            ReceiveStep.Trusted => "the device answers for the checksum",
            ReceiveStep.Owed => "the checksum is owed: nothing to check",
            ReceiveStep.Absent => "no checksum, and none is needed",
            ReceiveStep.SumFits => "the checksum fits the sum that is known",
            ReceiveStep.Summed => "the checksum fits the bytes, which were summed",
            ReceiveStep.SummedAnew => "the checksum fits the bytes, and not the device's sum: the device is at fault",
            ReceiveStep.Crc32CSummed => "the CRC32c fits the bytes",
            ReceiveStep.Converted => "the sum of all inside follows from the checksum",
            ReceiveStep.RemoteChecksum => "remote checksum offload: the inner checksum is owed from here on",
            ReceiveStep.Accepted => "accepted",
            ReceiveStep.LeftOpen => "right so far, and judged no further",
            ReceiveStep.Dropped => $"dropped: {decision.Reason}",
            _ => "nothing",
        };
        return decision.Layer == Headers.LayerKind.None ? what : $"{decision.Layer} at {decision.Offset}: {what}";
    }

    private static string Say(in ReceiveDecision decision) => decision.State switch
    {
        ChecksumState.Unnecessary => $"that {decision.Count + 1} {(decision.Count == 0 ? "checksum is" : "checksums are")} good",
        ChecksumState.Complete => "what the packet sums up to",
        ChecksumState.Partial => "that a checksum is owed",
        _ => "nothing of the checksums",
    };
}
