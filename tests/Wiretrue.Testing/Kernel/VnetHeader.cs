using System.Buffers.Binary;

namespace Wiretrue.Testing.Kernel;

/// <summary>The virtio-net header before a frame (<c>struct virtio_net_hdr_v1_hash_tunnel</c>, linux/virtio_net.h), written out for the tests.</summary>
/// <remarks>
/// <code>
///  0       1          2         4          6            8             10           12
///  +-------+----------+---------+----------+------------+-------------+-------------+
///  | flags | gso_type | hdr_len | gso_size | csum_start | csum_offset | num_buffers |   little-endian
///  +-------+----------+---------+----------+------------+-------------+-------------+
///  | hash, report, padding (8 bytes)       | outer_th_offset          | inner_nh_offset
///  +---------------------------------------+--------------------------+--------------
///  12                                      20                         22             24
/// </code>
/// </remarks>
public readonly record struct VnetHeader
{
    /// <summary>Bytes of the header with all its fields (<c>struct virtio_net_hdr_v1_hash_tunnel</c>).</summary>
    public const int Length = 24;

    /// <summary>Bytes of the header up to <c>num_buffers</c> (<c>struct virtio_net_hdr_v1</c>).</summary>
    public const int PlainLength = 12;

    /// <summary>Bytes of the older header, as packet sockets give it.</summary>
    public const int LegacyLength = 10;

    /// <summary><c>VIRTIO_NET_HDR_F_NEEDS_CSUM</c>: the checksum is owed.</summary>
    public const byte NeedsChecksum = 1;

    /// <summary><c>VIRTIO_NET_HDR_F_UDP_TUNNEL_CSUM</c>: the outer UDP checksum is owed as well.</summary>
    public const byte UdpTunnelChecksum = 8;

    /// <summary><c>VIRTIO_NET_HDR_GSO_NONE</c>.</summary>
    public const byte GsoNone = 0;

    /// <summary><c>VIRTIO_NET_HDR_GSO_TCPV4</c>.</summary>
    public const byte GsoTcpV4 = 1;

    /// <summary><c>VIRTIO_NET_HDR_GSO_UDP</c>: a datagram to be cut into IP fragments.</summary>
    public const byte GsoUdp = 3;

    /// <summary><c>VIRTIO_NET_HDR_GSO_TCPV6</c>.</summary>
    public const byte GsoTcpV6 = 4;

    /// <summary><c>VIRTIO_NET_HDR_GSO_UDP_L4</c>.</summary>
    public const byte GsoUdpL4 = 5;

    /// <summary><c>VIRTIO_NET_HDR_GSO_UDP_TUNNEL_IPV4</c>: in a UDP tunnel over IPv4.</summary>
    public const byte GsoUdpTunnelV4 = 0x20;

    /// <summary><c>VIRTIO_NET_HDR_GSO_UDP_TUNNEL_IPV6</c>: in a UDP tunnel over IPv6.</summary>
    public const byte GsoUdpTunnelV6 = 0x40;

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

    /// <summary>In a tunnel: where the outer UDP header begins.</summary>
    public ushort OuterTransportOffset { get; init; }

    /// <summary>In a tunnel: where the inner IP header begins.</summary>
    public ushort InnerNetworkOffset { get; init; }

    /// <summary>Reads the first ten bytes, and where the tunnel's headers are when the header has <see cref="Length"/>.</summary>
    public static VnetHeader Read(ReadOnlySpan<byte> bytes) => new()
    {
        Flags = bytes[0],
        GsoType = bytes[1],
        HeaderLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]),
        GsoSize = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]),
        ChecksumStart = BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]),
        ChecksumOffset = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]),
        OuterTransportOffset = bytes.Length < Length ? (ushort)0 : BinaryPrimitives.ReadUInt16LittleEndian(bytes[20..]),
        InnerNetworkOffset = bytes.Length < Length ? (ushort)0 : BinaryPrimitives.ReadUInt16LittleEndian(bytes[22..]),
    };

    /// <summary>Writes all 24 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        bytes[0] = Flags;
        bytes[1] = GsoType;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], HeaderLength);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[4..], GsoSize);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], ChecksumStart);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[8..], ChecksumOffset);
        bytes[10..20].Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[20..], OuterTransportOffset);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[22..], InnerNetworkOffset);
    }
}
