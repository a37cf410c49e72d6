using System.Buffers.Binary;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Tests.Segmentation;

/// <summary>Packets inside an ESP, as plain code builds them before they are encrypted.</summary>
internal static class EspPackets
{
    public const uint Index = 0xC0001234;

    /// <summary>An outer packet around ESP, IV and what is inside, without a trailer.</summary>
    public static byte[] Wrap(IPFields outer, uint sequence, int ivLength, ReadOnlySpan<byte> inside, ReadOnlySpan<byte> trailer = default)
    {
        byte[] content = new byte[8 + ivLength + inside.Length + trailer.Length];
        BinaryPrimitives.WriteUInt32BigEndian(content, Index);
        BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(4), sequence);
        inside.CopyTo(content.AsSpan(8 + ivLength));
        trailer.CopyTo(content.AsSpan(8 + ivLength + inside.Length));
        return outer.Wrap(50, content);
    }

    /// <summary>The state of a TCP super-frame in ESP.</summary>
    public static OffloadState State(IPProtocol next, GsoType type, int gsoSize, int ivLength, int transport) =>
        Cutter.State(type | GsoType.Esp, gsoSize, transport) with { EspNextHeader = next, EspIVLength = (byte)ivLength };
}
