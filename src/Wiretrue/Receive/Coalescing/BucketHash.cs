using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive.Coalescing;

/// <summary>A hash over what a card's receive-side scaling hashes: addresses, and the ports of TCP and UDP.</summary>
/// <remarks>
/// Packets of a flow must have one hash, or two buckets could change their order. So nothing is hashed that the layers' files leave out of a flow,
/// and headers are looked for wherever the packet has them.
/// </remarks>
internal static class BucketHash
{
    private const int MostTags = 2;
    private const byte PlainIPv4 = 0x45;

    /// <summary>The hash of <paramref name="packet"/>; 0 when it has no IP header that could be found.</summary>
    public static uint Of(Packet packet)
    {
        if (packet.LinkType != LinkType.Ethernet)
            return TryReach(packet, 0, 1, out ReadOnlySpan<byte> first) ? OfNetwork(packet, 0, isIPv6: first[0] >> 4 == 6) : 0;
        int offset = EthernetHeader.Size;
        for (int tags = 0; TryReach(packet, offset - sizeof(ushort), sizeof(ushort), out ReadOnlySpan<byte> type); tags++)
        {
            switch ((EtherType)BinaryPrimitives.ReadUInt16BigEndian(type))
            {
                case EtherType.IPv4: return OfNetwork(packet, offset, isIPv6: false);
                case EtherType.IPv6: return OfNetwork(packet, offset, isIPv6: true);
                case EtherType.Vlan or EtherType.ServiceVlan when tags < MostTags: offset += VlanHeader.Size; break;
                // What looks like IP and is none, a third tag or a label, differs from packet to packet where addresses would be.
                default: return 0;
            }
        }
        return 0;
    }

    private static uint OfNetwork(Packet packet, int offset, bool isIPv6)
    {
        if (isIPv6)
            return TryReach(packet, offset, IPv6Header.Size, out ReadOnlySpan<byte> six) ? OfIPv6(packet, offset, six) : 0;
        return TryReach(packet, offset, IPv4Header.MinimumSize, out ReadOnlySpan<byte> four) && four[0] == PlainIPv4
            ? OfIPv4(packet, offset, four)
            : 0;
    }

    private static uint OfIPv4(Packet packet, int offset, ReadOnlySpan<byte> header)
    {
        uint hash = BitOperations.Crc32C(0, BinaryPrimitives.ReadUInt64LittleEndian(header[12..]));
        bool isWhole = (BinaryPrimitives.ReadUInt16BigEndian(header[6..]) & 0x3FFF) == 0;
        return isWhole ? AddPorts(packet, offset + IPv4Header.MinimumSize, (IPProtocol)header[9], hash) : hash;
    }

    private static uint OfIPv6(Packet packet, int offset, ReadOnlySpan<byte> header)
    {
        uint hash = 0;
        for (int i = 8; i < IPv6Header.Size; i += sizeof(ulong))
            hash = BitOperations.Crc32C(hash, BinaryPrimitives.ReadUInt64LittleEndian(header[i..]));
        return AddPorts(packet, offset + IPv6Header.Size, (IPProtocol)header[6], hash);
    }

    private static uint AddPorts(Packet packet, int offset, IPProtocol protocol, uint hash)
    {
        bool hasPorts = protocol is IPProtocol.Tcp or IPProtocol.Udp;
        return hasPorts && TryReach(packet, offset, sizeof(uint), out ReadOnlySpan<byte> ports)
            ? BitOperations.Crc32C(hash, BinaryPrimitives.ReadUInt32LittleEndian(ports))
            : hash;
    }

    /// <summary>The bytes at <paramref name="offset"/>, which are pulled into the linear area only when they are not there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReach(Packet packet, int offset, int length, out ReadOnlySpan<byte> bytes)
    {
        bool isThere = packet.LinearLength >= offset + length || packet.EnsureLinear(offset + length);
        bytes = isThere ? packet.Linear.Slice(offset, length) : default;
        return isThere;
    }
}
