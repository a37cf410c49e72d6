using Wiretrue.Oracle.Tests.Kernel;
using Wiretrue.Testing.Captures;
using Wiretrue.Testing.Kernel;

namespace Wiretrue.Oracle.Tests.Judges;

/// <summary>A captured packet, what it was owed, and the frames that <c>fix</c> made of it.</summary>
/// <param name="Number">Its number in the capture, counted from 1.</param>
/// <param name="Header">What it was owed, by a source that is not the library.</param>
/// <param name="Original">The packet as it was captured.</param>
/// <param name="Frames">What it became.</param>
public sealed record CutPacket(int Number, VnetHeader Header, PlainPacket Original, IReadOnlyList<PlainPacket> Frames)
{
    /// <summary>Payload of the first segment.</summary>
    public int SegmentSize => PayloadLength(Frames[0]);

    /// <summary>Gives each original packet the fixed ones that it became: those whose payloads together make up its own.</summary>
    /// <param name="before">The capture's packets.</param>
    /// <param name="after">The fixed capture's.</param>
    /// <param name="owed">What a packet was owed; null to leave it out.</param>
    public static List<CutPacket> Align(List<PlainPacket> before, List<PlainPacket> after, Func<PlainPacket, VnetHeader?> owed)
    {
        var cuts = new List<CutPacket>();
        int next = 0;
        for (int i = 0; i < before.Count; i++)
        {
            var frames = new List<PlainPacket> { after[next++] };
            int missing = PayloadLength(before[i]) - PayloadLength(frames[0]);
            while (missing > 0)
            {
                frames.Add(after[next++]);
                missing -= PayloadLength(frames[^1]);
            }
            Assert.Equal(0, missing);
            if (owed(before[i]) is { } header)
                cuts.Add(new CutPacket(i + 1, header, before[i], frames));
        }
        Assert.Equal(after.Count, next);
        return cuts;
    }

    /// <summary>Fails unless the kernel makes the same frames of the packet, byte for byte.</summary>
    public void Judge(TapPair kernel, string capture) =>
        FrameComparison.Same(kernel.Cut(Header, Original.Bytes), [.. Frames.Select(f => f.Bytes)], $"{capture}, packet {Number}: {Header}");

    private static int PayloadLength(PlainPacket packet) => PlainWalk.Innermost(packet)?.PayloadLength ?? 0;
}
