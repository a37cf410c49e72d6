using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Tests.Tunnels;

/// <summary>Seeded random packets to be put into tunnels: Ethernet frames and IP packets, TCP and UDP, and what is neither.</summary>
internal sealed class InnerFrameSource(Random random)
{
    private readonly PlainFrameSource _source = new(random);

    /// <summary>A frame or a packet, with no more payload than fits around it into one IP packet.</summary>
    public PlainFrame Next()
    {
        PlainFrame frame = _source.Next(tunnels: 0);
        if (random.Next(2) == 0)
            frame = frame with { Headers = [.. frame.Headers.SkipWhile(header => header is not PlainIP)] };
        return Cut(frame);
    }

    /// <summary>A frame with a protocol that nobody knows, whose checksum lies anywhere: after an odd number of bytes as well.</summary>
    public PlainFrame NextUnknown()
    {
        var bytes = new byte[random.Next(0, 100)];
        random.NextBytes(bytes);
        return Cut(new PlainFrame(
            [new PlainEthernet(), new PlainUnknown(bytes), new PlainSummed(2 * random.Next(0, 20), (ushort)random.Next(65536))], _source.NextPayload()));
    }

    /// <summary>How to cut it.</summary>
    public int NextSize(PlainFrame frame) => _source.NextSize(frame);

    private static PlainFrame Cut(PlainFrame frame) =>
        frame.Payload.Length <= SealedPacket.LongestPayload ? frame : frame with { Payload = frame.Payload[..SealedPacket.LongestPayload] };
}
