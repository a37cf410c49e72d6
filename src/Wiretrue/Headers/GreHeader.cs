using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>A GRE header with its optional fields, read in place (<c>struct gre_base_hdr</c>, net/gre.h).</summary>
/// <remarks>
/// RFC 2784 2, RFC 2890 2; version 1: RFC 2637 4.1 (PPTP).
/// <code>
///   0 1 2 3                13    16              31
///   +-+-+-+-+--------------+-----+---------------+
/// 0 |C|R|K|S| reserved     | ver | protocol      |
///   +-+-+-+-+--------------+-----+---------------+
///   | checksum (C)               | reserved      |
///   +----------------------------+---------------+
///   | key (K)                                    |
///   +--------------------------------------------+
///   | sequence number (S)                        |
/// </code>
/// </remarks>
public readonly ref struct GreHeader
{
    /// <summary>Bytes without optional fields.</summary>
    public const int MinimumSize = 4;

    /// <summary>Where the checksum is, when there is one; it covers the header and all that follows.</summary>
    public const int ChecksumOffset = 4;

    private const ushort Checksums = 0x8000;
    private const ushort Routing = 0x4000;
    private const ushort Keys = 0x2000;
    private const ushort Sequences = 0x1000;
    private const ushort Acknowledgments = 0x0080;
    private const ushort VersionMask = 0x0007;

    private readonly ReadOnlySpan<byte> _bytes;

    private GreHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Flags and version together (<c>flags</c>).</summary>
    public ushort Flags => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>0, or 1 in PPTP.</summary>
    public int Version => Flags & VersionMask;

    /// <summary>What follows (<c>protocol</c>).</summary>
    public EtherType EtherType => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Bytes of the header with its optional fields: 4 to 16.</summary>
    public int HeaderLength => _bytes.Length;

    /// <summary>There is a checksum (<c>GRE_CSUM</c>).</summary>
    public bool HasChecksum => (Flags & Checksums) != 0;

    /// <summary>There is a key (<c>GRE_KEY</c>).</summary>
    public bool HasKey => (Flags & Keys) != 0;

    /// <summary>There is a sequence number (<c>GRE_SEQ</c>): a packet like this cannot be cut, nobody knows the numbers that follow.</summary>
    public bool HasSequence => (Flags & Sequences) != 0;

    /// <summary>The checksum; 0 without one.</summary>
    public ushort Checksum => HasChecksum ? BinaryPrimitives.ReadUInt16BigEndian(_bytes[ChecksumOffset..]) : (ushort)0;

    /// <summary>The key; 0 without one.</summary>
    public uint Key => HasKey ? BinaryPrimitives.ReadUInt32BigEndian(_bytes[(HasChecksum ? 8 : 4)..]) : 0;

    /// <summary>The sequence number, which comes last; 0 without one.</summary>
    public uint Sequence => HasSequence ? BinaryPrimitives.ReadUInt32BigEndian(_bytes[(4 + (HasChecksum ? 4 : 0) + (HasKey ? 4 : 0))..]) : 0;

    /// <summary>False when <paramref name="bytes"/> hold less than the flags ask for, or source routes (RFC 1701), or a version above 1.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out GreHeader header)
    {
        header = default;
        if (bytes.Length < MinimumSize)
            return false;
        ushort flags = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        int length = LengthOf(flags);
        if ((flags & Routing) != 0 || (flags & VersionMask) > 1 || length > bytes.Length)
            return false;
        header = new GreHeader(bytes[..length]);
        return true;
    }

    /// <summary>Writes the checksum into <paramref name="header"/>, which must have one, as given.</summary>
    public static void SetChecksum(Span<byte> header, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumOffset..], value);

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.Gre, MinimumSize, out ReadOnlySpan<byte> bytes))
            return LayerKind.None;
        ushort flags = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        if ((flags & VersionMask) > 1)
            return cursor.Malformed(LayerKind.Gre, HeaderField.Version);
        bool hasRoute = (flags & Routing) != 0;
        if (!cursor.Enter(LayerKind.Gre, MinimumSize, hasRoute ? MinimumSize : LengthOf(flags)))
            return LayerKind.None;
        // Source routes were taken out of GRE (RFC 2784); PPTP carries PPP, which is not read here.
        if (hasRoute || (flags & VersionMask) == 1)
            return LayerKind.Payload;
        return new GreHeader(bytes).EtherType switch
        {
            // Without a sequence number this is type I, which has no header of its own.
            EtherType.Erspan => (flags & Sequences) != 0 ? LayerKind.Erspan : LayerKind.Ethernet,
            EtherType.ErspanIII => LayerKind.Erspan,
            EtherType type => EtherTypeDispatch.Next(type),
        };
    }

    private static int LengthOf(ushort flags)
    {
        int length = MinimumSize;
        length += (flags & Checksums) != 0 ? 4 : 0;
        length += (flags & Keys) != 0 ? 4 : 0;
        length += (flags & Sequences) != 0 ? 4 : 0;
        // Only PPTP's version has acknowledgments.
        length += (flags & VersionMask) == 1 && (flags & Acknowledgments) != 0 ? 4 : 0;
        return length;
    }
}
