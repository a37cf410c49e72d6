using Wiretrue.Captures.Explanation;
using Wiretrue.Devices;
using Wiretrue.Packets;

namespace Wiretrue.Tool.Output;

/// <summary>What leaves for the device, in words.</summary>
internal static class FrameWords
{
    /// <summary>A line for each frame; those that are alike share one.</summary>
    public static IEnumerable<string> Of(PacketExplanation explanation)
    {
        if (explanation.Dropped != DropReason.None)
        {
            yield return "nothing; fix leaves such a packet as it is";
            yield break;
        }

        IReadOnlyList<ExplainedFrame> frames = explanation.Frames;
        int first = 0;
        while (first < frames.Count)
        {
            string words = Of(explanation, frames[first]);
            int next = first + 1;
            while (next < frames.Count && Of(explanation, frames[next]) == words)
            {
                next++;
            }

            yield return next - first == 1 ? $"frame {first + 1}: {words}" : $"frames {first + 1} to {next}: each {words}";
            first = next;
        }

        if (explanation.TrailerLength > 0)
        {
            yield return explanation.Decision.Owed.IsGso ? "what was behind the packet goes with none of them" : "what was behind the packet stays behind it";
        }
    }

    /// <summary>What is left to the device: <c>none</c>, or what it is to do.</summary>
    public static string ChecksumOf(PacketExplanation explanation, ExplainedFrame frame) => frame.Offload.Checksum == ChecksumState.Partial ? "owed"
        : explanation.Decision.Owed.Checksum == ChecksumState.Partial ? "made"
        : "asCaptured";

    private static string Of(PacketExplanation explanation, ExplainedFrame frame)
    {
        string words = $"{frame.OriginalLength} bytes";
        if (frame.Bytes.Length < frame.OriginalLength)
        {
            words += $" ({frame.Bytes.Length} captured)";
        }

        if (frame.Offload.HasVlanTag)
        {
            words += ", a VLAN tag outside of the bytes";
        }

        if (frame.Offload.IsGso)
        {
            words += $", a super-frame of {frame.Offload.GsoSegments} segments of {frame.Offload.GsoSize} bytes of payload";
        }

        return words + ChecksumOf(explanation, frame) switch
        {
            "owed" => ", checksum owed",
            "made" => ", checksum made",
            _ => explanation.Decision.Changes ? "" : ", as captured",
        };
    }
}
