using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>An IPv6 fragment header, read in place (<c>struct frag_hdr</c>, net/ipv6.h).</summary>
/// <remarks>
/// RFC 8200 4.5, RFC 6946 (atomic fragments).
/// <code>
///   0       1         2                4
///   +-------+---------+-----------+--+-+----------------+
///   | next  | reserved| offset/8  |  |M| identification |
///   +-------+---------+-----------+--+-+----------------+
///                       13 bits    2 1   32 bits
/// </code>
/// </remarks>
public readonly ref struct IPv6FragmentHeader
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private IPv6FragmentHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>What follows in the reassembled packet (<c>nexthdr</c>).</summary>
    public IPProtocol NextHeader => (IPProtocol)_bytes[0];

    /// <summary>Where this fragment belongs, in bytes: a multiple of 8.</summary>
    public int FragmentOffset => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]) & 0xFFF8;

    /// <summary>More fragments follow (<c>IP6_MF</c>).</summary>
    public bool MoreFragments => (_bytes[3] & 1) != 0;

    /// <summary>Identification, the same in all fragments of a packet.</summary>
    public uint Identification => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>The only fragment of its packet: it can be read like one without this header (RFC 6946).</summary>
    public bool IsAtomic => (BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]) & 0xFFF9) == 0;

    /// <summary>Looks at <paramref name="bytes"/> as a fragment header; false when they are fewer than <see cref="Size"/>.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out IPv6FragmentHeader header)
    {
        bool fits = bytes.Length >= Size;
        header = fits ? new IPv6FragmentHeader(bytes[..Size]) : default;
        return fits;
    }

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.IPv6Fragment, Size, out ReadOnlySpan<byte> bytes)
            || !cursor.Enter(LayerKind.IPv6Fragment, Size, Size))
        {
            return LayerKind.None;
        }
        var header = new IPv6FragmentHeader(bytes);
        return header.IsAtomic ? IPProtocolDispatch.Next(header.NextHeader, inIPv6: true) : LayerKind.Fragment;
    }
}
