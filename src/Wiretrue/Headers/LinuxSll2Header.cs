using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>A Linux cooked header, version 2, read in place (<c>struct sll2_header</c>, pcap/sll.h).</summary>
/// <remarks>
/// LINKTYPE_LINUX_SLL2. All big-endian.
/// <code>
///   0          2          4           8             10     11      12        20
///   +----------+----------+-----------+-------------+------+-------+---------+
///   | protocol | reserved | interface | device type | type | a.len | address |
///   +----------+----------+-----------+-------------+------+-------+---------+
/// </code>
/// </remarks>
public readonly ref struct LinuxSll2Header
{
    /// <summary>Bytes of the header (<c>SLL2_HDR_LEN</c>).</summary>
    public const int Size = 20;

    private readonly ReadOnlySpan<byte> _bytes;

    private LinuxSll2Header(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>What follows (<c>sll2_protocol</c>): an EtherType, or 1 to 4 for frames without one.</summary>
    public EtherType EtherType => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>The interface's number on the host that captured (<c>sll2_if_index</c>).</summary>
    public uint InterfaceIndex => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>Kind of device (<c>sll2_hatype</c>, ARPHRD_*); 772 is the loopback.</summary>
    public ushort DeviceType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[8..]);

    /// <summary>0 to us, 1 broadcast, 2 multicast, 3 to another host, 4 from us (<c>sll2_pkttype</c>).</summary>
    public byte PacketType => _bytes[10];

    /// <summary>Looks at <paramref name="bytes"/> as a cooked header; false when they are fewer than <see cref="Size"/>.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out LinuxSll2Header header)
    {
        bool fits = bytes.Length >= Size;
        header = fits ? new LinuxSll2Header(bytes[..Size]) : default;
        return fits;
    }

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.LinuxSll2, Size, out ReadOnlySpan<byte> bytes) || !cursor.Enter(LayerKind.LinuxSll2, Size, Size))
            return LayerKind.None;
        var header = new LinuxSll2Header(bytes);
        return LinuxDeviceDispatch.Next(ref cursor, header.DeviceType, header.EtherType);
    }
}
