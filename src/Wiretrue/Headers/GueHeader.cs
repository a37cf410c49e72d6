using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>A GUE header of variant 0 with its options, read in place (<c>struct guehdr</c>, net/gue.h).</summary>
/// <remarks>
/// draft-ietf-intarea-gue 3; the remote checksum option of draft-ietf-intarea-gue-extensions, as Linux lays it out.
/// <code>
///   0   2 3       8             16            31
///   +---+-+-------+-------------+-------------+-+
/// 0 |ver|C| hlen  | protocol    | flags       |P|   hlen counts what follows, in words
///   +---+-+-------+-------------+-------------+-+
/// 4 |R| private flags (P)                       |
///   +---------------------+---------------------+
/// 8 | checksum start (R)  | checksum offset (R) |
/// </code>
/// Variant 1 has no header: the bits where the variant stands are those of the version of the IP header that follows UDP.
/// </remarks>
public readonly ref struct GueHeader
{
    /// <summary>Bytes without options.</summary>
    public const int MinimumSize = 4;

    private const byte Control = 0x20;
    private const byte WordsMask = 0x1F;
    private const ushort PrivateFlags = 0x0001;
    private const uint RemoteChecksum = 0x80000000;

    private readonly ReadOnlySpan<byte> _bytes;

    private GueHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Bytes of header and options: 4 to 128.</summary>
    public int HeaderLength => _bytes.Length;

    /// <summary>A message of the tunnel's own (<c>control</c>): its content is nobody's packet.</summary>
    public bool IsControl => (_bytes[0] & Control) != 0;

    /// <summary>What follows (<c>proto_ctype</c>); the kind of the message, when it is a control message.</summary>
    public IPProtocol Protocol => (IPProtocol)_bytes[1];

    /// <summary>Remote checksum offload is in use (<c>GUE_PFLAG_REMCSUM</c>).</summary>
    public bool HasRemoteChecksum => HasPrivateFlags(_bytes) && (PrivateFlagsOf(_bytes) & RemoteChecksum) != 0;

    /// <summary>Where the checksum left to the receiver is summed from, in bytes from this header's end; 0 without remote checksum offload.</summary>
    public int RemoteChecksumStart => HasRemoteChecksum ? BinaryPrimitives.ReadUInt16BigEndian(_bytes[8..]) : 0;

    /// <summary>Where that checksum's field is, in bytes from this header's end; 0 without remote checksum offload.</summary>
    public int RemoteChecksumOffset => HasRemoteChecksum ? BinaryPrimitives.ReadUInt16BigEndian(_bytes[10..]) : 0;

    /// <summary>
    /// False when <paramref name="bytes"/> hold less than the header says, or another variant, or a flag that Linux does not know and
    /// drops (<c>validate_gue_flags</c>).
    /// </summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out GueHeader header)
    {
        header = default;
        if (bytes.Length < MinimumSize || (bytes[0] >> 6) != 0 || (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) & ~PrivateFlags) != 0)
            return false;
        int length = LengthOf(bytes);
        if (length > bytes.Length || length < MinimumSize + OptionsOf(bytes, length))
            return false;
        if (HasPrivateFlags(bytes) && (PrivateFlagsOf(bytes) & ~RemoteChecksum) != 0)
            return false;
        header = new GueHeader(bytes[..length]);
        return true;
    }

    /// <summary>What follows UDP at GUE's port: this header, an IP header in variant 1, or nothing that is known.</summary>
    internal static LayerKind First(ReadOnlySpan<byte> content)
    {
        if (TryCreate(content, out _))
            return LayerKind.Gue;
        if (IPv4Header.TryCreate(content, out _))
            return LayerKind.IPv4;
        return IPv6Header.TryCreate(content, out _) ? LayerKind.IPv6 : LayerKind.Payload;
    }

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!TryCreate(cursor.Rest, out GueHeader header))
            return cursor.Unrecognized();
        if (!cursor.Enter(LayerKind.Gue, MinimumSize, header.HeaderLength))
            return LayerKind.None;
        return header.IsControl ? LayerKind.Payload : IPProtocolDispatch.Next(header.Protocol, cursor.InIPv6);
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes) => MinimumSize + ((bytes[0] & WordsMask) << 2);

    private static bool HasPrivateFlags(ReadOnlySpan<byte> bytes) => (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) & PrivateFlags) != 0;

    private static uint PrivateFlagsOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);

    /// <summary>Bytes that the flags ask for.</summary>
    private static int OptionsOf(ReadOnlySpan<byte> bytes, int length)
    {
        if (!HasPrivateFlags(bytes))
            return 0;
        bool remote = length >= 2 * sizeof(uint) && (PrivateFlagsOf(bytes) & RemoteChecksum) != 0;
        return remote ? 2 * sizeof(uint) : sizeof(uint);
    }
}
