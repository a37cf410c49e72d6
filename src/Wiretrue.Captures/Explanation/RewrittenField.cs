using System.Buffers.Binary;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Explanation;

/// <summary>A field of a captured packet that is put into Linux's conventions before the packet goes down the transmit path.</summary>
/// <param name="Layer">The header.</param>
/// <param name="Name">The field, in words.</param>
/// <param name="Offset">Where it is, in bytes from the packet's first.</param>
/// <param name="Size">2 or 4 bytes.</param>
/// <param name="Before">As captured, big-endian.</param>
/// <param name="After">As handed over, big-endian.</param>
public readonly record struct RewrittenField(LayerKind Layer, string Name, int Offset, int Size, uint Before, uint After)
{
    // All that an inference may put right; see OffloadInference.Normalize.
    private static readonly (LayerKind Layer, string Name, int Offset, int Size)[] Fields =
    [
        (LayerKind.IPv4, "total length", 2, 2),
        (LayerKind.IPv4, "header checksum", 10, 2),
        (LayerKind.IPv6, "payload length", 4, 2),
        (LayerKind.Tcp, "checksum", 16, 2),
        (LayerKind.Udp, "length", UdpHeader.LengthOffset, 2),
        (LayerKind.Udp, "checksum", UdpHeader.ChecksumOffset, 2),
        (LayerKind.Sctp, "checksum", SctpHeader.ChecksumOffset, 4),
        (LayerKind.Gre, "checksum", GreHeader.ChecksumOffset, 2),
    ];

    /// <summary>The fields in which two versions of a packet differ, outermost first.</summary>
    internal static IEnumerable<RewrittenField> Between(byte[] before, byte[] after, IReadOnlyList<Layer> layers)
    {
        foreach (Layer layer in layers)
        {
            foreach ((LayerKind kind, string name, int offset, int size) in Fields)
            {
                int at = layer.Offset + offset;
                if (kind != layer.Kind || at + size > after.Length)
                    continue;
                (uint was, uint now) = (Read(before.AsSpan(at, size)), Read(after.AsSpan(at, size)));
                if (was != now)
                    yield return new RewrittenField(kind, name, at, size, was, now);
            }
        }
    }

    private static uint Read(ReadOnlySpan<byte> field) => field.Length == sizeof(uint)
        ? BinaryPrimitives.ReadUInt32BigEndian(field)
        : BinaryPrimitives.ReadUInt16BigEndian(field);
}
