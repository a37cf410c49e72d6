using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>The address family before packets of a loopback interface, read in place (<c>DLT_NULL</c>, <c>DLT_LOOP</c>, pcap/dlt.h).</summary>
/// <remarks>Four bytes, in the order of the host that captured (null) or in network order (loop).</remarks>
public readonly ref struct LoopbackHeader
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private LoopbackHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The address family: 2 is IPv4 everywhere; IPv6 is 10 on Linux, 24, 28 or 30 on the BSDs and macOS.</summary>
    /// <remarks>No family is above 65535, so the half that is not 0 tells the byte order.</remarks>
    public uint AddressFamily
    {
        get
        {
            uint family = BinaryPrimitives.ReadUInt32BigEndian(_bytes);
            return family > ushort.MaxValue ? BinaryPrimitives.ReverseEndianness(family) : family;
        }
    }

    /// <summary>Looks at <paramref name="bytes"/> as a loopback header; false when they are fewer than <see cref="Size"/>.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out LoopbackHeader header)
    {
        bool fits = bytes.Length >= Size;
        header = fits ? new LoopbackHeader(bytes[..Size]) : default;
        return fits;
    }

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.Loopback, Size, out ReadOnlySpan<byte> bytes) || !cursor.Enter(LayerKind.Loopback, Size, Size))
            return LayerKind.None;
        return new LoopbackHeader(bytes).AddressFamily switch
        {
            2 => LayerKind.IPv4,
            10 or 24 or 28 or 30 => LayerKind.IPv6,
            _ => LayerKind.Payload,
        };
    }
}
