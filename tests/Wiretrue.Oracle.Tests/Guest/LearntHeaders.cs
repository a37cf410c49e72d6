using System.Buffers.Binary;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Oracle.Tests.Guest;

/// <summary>
/// Takes over what a kernel draws or is free to choose for a tunnel's headers: identification, flow label, hop limit, source port. The rest of
/// the headers must be as it was expected.
/// </summary>
internal static class LearntHeaders
{
    /// <summary>The frame with the tunnel headers of <paramref name="first"/>, a segment of it.</summary>
    public static PlainFrame From(PlainFrame frame, byte[] first)
    {
        PlainHeader[] headers = [.. frame.Headers];
        int innermost = Array.FindLastIndex(headers, h => h is PlainIP);
        for (int i = 0; i < innermost; i++)
        {
            int at = frame.OffsetOf(i);
            headers[i] = headers[i] switch
            {
                PlainIP { Fields: Testing.Synthesis.IPv4Fields fields } ip => ip with
                {
                    Fields = fields with
                    {
                        TrafficClass = first[at + 1],
                        Id = BinaryPrimitives.ReadUInt16BigEndian(first.AsSpan(at + 4)),
                        DontFragment = (first[at + 6] & 0x40) != 0,
                        HopLimit = first[at + 8],
                    },
                },
                PlainIP { Fields: Testing.Synthesis.IPv6Fields fields } ip => ip with
                {
                    Fields = fields with
                    {
                        TrafficClass = (byte)(BinaryPrimitives.ReadUInt16BigEndian(first.AsSpan(at)) >> 4),
                        FlowLabel = (int)(BinaryPrimitives.ReadUInt32BigEndian(first.AsSpan(at)) & 0xFFFFF),
                        HopLimit = first[at + 7],
                    },
                },
                PlainUdp udp => udp with { Fields = udp.Fields with { SourcePort = BinaryPrimitives.ReadUInt16BigEndian(first.AsSpan(at)) } },
                _ => headers[i],
            };
        }
        return frame with { Headers = headers };
    }
}
