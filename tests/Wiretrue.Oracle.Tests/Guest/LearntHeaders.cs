using System.Buffers.Binary;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Oracle.Tests.Guest;

/// <summary>
/// Takes over what a kernel draws or is free to choose for a tunnel's headers: identification, flow label, hop limit, source port. The rest of
/// the headers must be as it was expected.
/// </summary>
internal static class LearntHeaders
{
    /// <summary>The frame with headers of <paramref name="first"/>, a segment of it.</summary>
    /// <param name="frame">The frame as it was expected.</param>
    /// <param name="first">Its first segment.</param>
    /// <param name="withInner">The packet in the tunnel was the kernel's own as well.</param>
    public static PlainFrame From(PlainFrame frame, byte[] first, bool withInner = false)
    {
        PlainHeader[] headers = [.. frame.Headers];
        int end = Array.FindLastIndex(headers, h => h is PlainIP) + (withInner ? 1 : 0);
        for (int i = 0; i < end; i++)
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
                PlainEsp esp => esp with { Sequence = BinaryPrimitives.ReadUInt32BigEndian(first.AsSpan(at + 4)) },
                PlainUdp udp => udp with { Fields = udp.Fields with { SourcePort = BinaryPrimitives.ReadUInt16BigEndian(first.AsSpan(at)) } },
                _ => headers[i],
            };
        }
        return frame with { Headers = headers };
    }
}
