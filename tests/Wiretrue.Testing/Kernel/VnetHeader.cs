using System.Buffers.Binary;

namespace Wiretrue.Testing.Kernel;

/// <summary>The virtio-net header before a frame (<c>struct virtio_net_hdr_v1</c>, linux/virtio_net.h), written out for the tests.</summary>
/// <remarks>
/// <code>
///  0      1         2         4          6            8             10
///  +------+---------+---------+----------+------------+-------------+-------------+
///  | flags| gso_type| hdr_len | gso_size | csum_start | csum_offset | num_buffers |   little-endian
///  +------+---------+---------+----------+------------+-------------+-------------+
/// </code>
/// </remarks>
public readonly record struct VnetHeader
{
    /// <summary>Bytes of the header with <c>num_buffers</c>.</summary>
    public const int Length = 12;

    /// <summary>Bytes of the older header, as packet sockets give it.</summary>
    public const int LegacyLength = 10;

    /// <summary><c>VIRTIO_NET_HDR_F_NEEDS_CSUM</c>: the checksum is owed.</summary>
    public const byte NeedsChecksum = 1;

    /// <summary><c>VIRTIO_NET_HDR_GSO_NONE</c>.</summary>
    public const byte GsoNone = 0;

    /// <summary><c>VIRTIO_NET_HDR_GSO_TCPV4</c>.</summary>
    public const byte GsoTcpV4 = 1;

    /// <summary><c>VIRTIO_NET_HDR_GSO_TCPV6</c>.</summary>
    public const byte GsoTcpV6 = 4;

    /// <summary><c>VIRTIO_NET_HDR_GSO_UDP_L4</c>.</summary>
    public const byte GsoUdpL4 = 5;

    /// <summary><c>VIRTIO_NET_HDR_GSO_ECN</c>: the super-frame carries CWR.</summary>
    public const byte GsoEcn = 0x80;

    /// <summary>Flags.</summary>
    public byte Flags { get; init; }

    /// <summary>How the frame is to be cut.</summary>
    public byte GsoType { get; init; }

    /// <summary>Bytes of all headers: a hint.</summary>
    public ushort HeaderLength { get; init; }

    /// <summary>Payload bytes per segment.</summary>
    public ushort GsoSize { get; init; }

    /// <summary>Where to sum from, in bytes from the frame's first.</summary>
    public ushort ChecksumStart { get; init; }

    /// <summary>Where to store, in bytes from <see cref="ChecksumStart"/>.</summary>
    public ushort ChecksumOffset { get; init; }

    /// <summary>Reads the first ten bytes.</summary>
    public static VnetHeader Read(ReadOnlySpan<byte> bytes) => new()
    {
        Flags = bytes[0],
        GsoType = bytes[1],
        HeaderLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]),
        GsoSize = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]),
        ChecksumStart = BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]),
        ChecksumOffset = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]),
    };

    /// <summary>Writes the first ten bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        bytes[0] = Flags;
        bytes[1] = GsoType;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], HeaderLength);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[4..], GsoSize);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], ChecksumStart);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[8..], ChecksumOffset);
    }
}
