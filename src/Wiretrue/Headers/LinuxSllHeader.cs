using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>A Linux cooked header, version 1, read in place (<c>struct sll_header</c>, pcap/sll.h).</summary>
/// <remarks>
/// LINKTYPE_LINUX_SLL. All big-endian.
/// <code>
///   0             2             4              6               14         16
///   +-------------+-------------+--------------+---------------+----------+
///   | packet type | device type | addr. length | address       | protocol |
///   +-------------+-------------+--------------+---------------+----------+
/// </code>
/// </remarks>
public readonly ref struct LinuxSllHeader
{
    /// <summary>Bytes of the header (<c>SLL_HDR_LEN</c>).</summary>
    public const int Size = 16;

    private readonly ReadOnlySpan<byte> _bytes;

    private LinuxSllHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>0 to us, 1 broadcast, 2 multicast, 3 to another host, 4 from us (<c>sll_pkttype</c>).</summary>
    public ushort PacketType => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>Kind of device (<c>sll_hatype</c>, ARPHRD_*); 772 is the loopback.</summary>
    public ushort DeviceType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>What follows (<c>sll_protocol</c>): an EtherType, or 1 to 4 for frames without one.</summary>
    public EtherType EtherType => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(_bytes[14..]);

    /// <summary>Looks at <paramref name="bytes"/> as a cooked header; false when they are fewer than <see cref="Size"/>.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out LinuxSllHeader header)
    {
        bool fits = bytes.Length >= Size;
        header = fits ? new LinuxSllHeader(bytes[..Size]) : default;
        return fits;
    }

    internal static LayerKind Read(ref HeaderCursor cursor)
    {
        if (!cursor.TryPeek(LayerKind.LinuxSll, Size, out ReadOnlySpan<byte> bytes) || !cursor.Enter(LayerKind.LinuxSll, Size, Size))
            return LayerKind.None;
        var header = new LinuxSllHeader(bytes);
        return LinuxDeviceDispatch.Next(ref cursor, header.DeviceType, header.EtherType);
    }
}
