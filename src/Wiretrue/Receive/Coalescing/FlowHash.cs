using System.Buffers.Binary;
using System.Numerics;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive.Coalescing;

/// <summary>A hash over what a card's receive-side scaling hashes: addresses, and the ports of TCP and UDP.</summary>
/// <remarks>
/// Packets of a flow must have one hash, or two buckets could change their order. So nothing is hashed that the layers' files leave out of a flow,
/// and headers are looked for wherever the packet has them.
/// </remarks>
internal static class FlowHash
{
    private const int MostTags = 2;
    private const int Furthest = EthernetHeader.Size + (MostTags * VlanHeader.Size) + IPv6Header.Size + sizeof(uint);

    /// <summary>The hash of <paramref name="packet"/>; 0 when it has no IP header that could be found.</summary>
    public static uint Of(Packet packet)
    {
        if (packet.LinearLength < Furthest)
            packet.EnsureLinear(Math.Min(packet.Length, Furthest));
        ReadOnlySpan<byte> bytes = packet.Linear;
        if (packet.LinkType != LinkType.Ethernet)
            return OfNetwork(bytes);
        if (bytes.Length < EthernetHeader.Size)
            return 0;
        int offset = EthernetHeader.Size;
        for (int tags = 0; tags < MostTags && IsTag(bytes[(offset - sizeof(ushort))..]) && bytes.Length >= offset + VlanHeader.Size; tags++)
            offset += VlanHeader.Size;
        // What looks like IP and is none, a third tag or a label, differs from packet to packet where addresses would be.
        return TypeOf(bytes[(offset - sizeof(ushort))..]) is EtherType.IPv4 or EtherType.IPv6 ? OfNetwork(bytes[offset..]) : 0;
    }

    private static bool IsTag(ReadOnlySpan<byte> type) => TypeOf(type) is EtherType.Vlan or EtherType.ServiceVlan;

    private static EtherType TypeOf(ReadOnlySpan<byte> type) => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(type);

    private static uint OfNetwork(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= IPv4Header.MinimumSize && bytes[0] == 0x45)
        {
            bool hasPorts = (BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x3FFF) == 0 && HasPorts((IPProtocol)bytes[9]);
            uint hash = BitOperations.Crc32C(0, BinaryPrimitives.ReadUInt64LittleEndian(bytes[12..]));
            return hasPorts ? AddPorts(hash, bytes[IPv4Header.MinimumSize..]) : hash;
        }
        if (bytes.Length >= IPv6Header.Size && bytes[0] >> 4 == 6)
        {
            uint hash = 0;
            for (int i = 8; i < IPv6Header.Size; i += sizeof(ulong))
                hash = BitOperations.Crc32C(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes[i..]));
            return HasPorts((IPProtocol)bytes[6]) ? AddPorts(hash, bytes[IPv6Header.Size..]) : hash;
        }
        return 0;
    }

    private static bool HasPorts(IPProtocol protocol) => protocol is IPProtocol.Tcp or IPProtocol.Udp;

    private static uint AddPorts(uint hash, ReadOnlySpan<byte> transport) =>
        transport.Length < sizeof(uint) ? hash : BitOperations.Crc32C(hash, BinaryPrimitives.ReadUInt32LittleEndian(transport));
}
