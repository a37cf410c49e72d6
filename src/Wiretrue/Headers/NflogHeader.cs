using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>A netfilter log header and the TLVs before the packet, read in place (<c>struct nfgenmsg</c>, linux/netfilter/nfnetlink.h).</summary>
/// <remarks>
/// LINKTYPE_NFLOG. The TLVs' numbers are in the byte order of the host that captured, which nothing says: the order in which the chain
/// leads to a payload is it.
/// <code>
///   0        1         2          4        6      8
///   +--------+---------+----------+--------+------+--------- - - +--------+------+-------- - -
///   | family | version | resource | length | type | value ...    | length | type | packet ...
///   +--------+---------+----------+--------+------+--------- - - +--------+------+-------- - -
///                                  TLV, value padded to 4          TLV of type 9
/// </code>
/// </remarks>
public readonly ref struct NflogHeader
{
    /// <summary>Bytes before the first TLV.</summary>
    public const int MinimumSize = 4;

    private const int TlvSize = 4;
    private const ushort PayloadType = 9;

    private readonly ReadOnlySpan<byte> _bytes;

    private NflogHeader(ReadOnlySpan<byte> bytes, int payloadLength)
    {
        _bytes = bytes;
        PayloadLength = payloadLength;
    }

    /// <summary>Address family: 2 IPv4, 10 IPv6 (<c>nfgen_family</c>).</summary>
    public byte AddressFamily => _bytes[0];

    /// <summary>The log group (<c>res_id</c>).</summary>
    public ushort ResourceId => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Bytes before the packet: header and TLVs.</summary>
    public int HeaderLength => _bytes.Length;

    /// <summary>Bytes of the packet, by its TLV.</summary>
    public int PayloadLength { get; }

    /// <summary>False when no TLV chain in <paramref name="bytes"/> leads to a payload, in either byte order.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out NflogHeader header)
    {
        header = default;
        if (bytes.Length < MinimumSize || bytes[1] != 0)
            return false;
        if (!TryFindPayload(bytes, bigEndian: false, out int offset, out int length)
            && !TryFindPayload(bytes, bigEndian: true, out offset, out length))
        {
            return false;
        }
        header = new NflogHeader(bytes[..offset], length);
        return true;
    }

    /// <summary>Writes the length of the packet's TLV, in the byte order of its type.</summary>
    /// <param name="header">Header and TLVs, up to the packet.</param>
    /// <param name="payloadLength">Bytes of the packet.</param>
    public static void SetPayloadLength(Span<byte> header, int payloadLength)
    {
        Span<byte> tlv = header[^TlvSize..];
        ushort size = (ushort)(TlvSize + payloadLength);
        if (BinaryPrimitives.ReadUInt16LittleEndian(tlv[2..]) == PayloadType)
            BinaryPrimitives.WriteUInt16LittleEndian(tlv, size);
        else
            BinaryPrimitives.WriteUInt16BigEndian(tlv, size);
    }

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.Nflog, MinimumSize, out ReadOnlySpan<byte> bytes))
            return LayerKind.None;
        if (!TryCreate(bytes, out NflogHeader header))
            return cursor.Malformed(LayerKind.Nflog, HeaderField.Type);
        int headerLength = header.HeaderLength;
        if (!cursor.Enter(LayerKind.Nflog, MinimumSize, headerLength, headerLength + header.PayloadLength, LengthSource.NflogTlvLength))
            return LayerKind.None;
        return header.AddressFamily switch
        {
            2 => LayerKind.IPv4,
            10 => LayerKind.IPv6,
            _ => LayerKind.Payload,
        };
    }

    private static bool TryFindPayload(ReadOnlySpan<byte> bytes, bool bigEndian, out int offset, out int length)
    {
        offset = MinimumSize;
        length = 0;
        // A header longer than a layer can say is no header that a kernel wrote.
        while (offset <= bytes.Length - TlvSize && offset <= ushort.MaxValue - TlvSize)
        {
            ReadOnlySpan<byte> tlv = bytes[offset..];
            int size = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(tlv) : BinaryPrimitives.ReadUInt16LittleEndian(tlv);
            int type = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(tlv[2..]) : BinaryPrimitives.ReadUInt16LittleEndian(tlv[2..]);
            if (size < TlvSize)
                return false;
            if (type == PayloadType)
            {
                offset += TlvSize;
                length = size - TlvSize;
                return true;
            }
            offset += (size + 3) & ~3;
        }
        return false;
    }
}
