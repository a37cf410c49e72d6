using System.Buffers.Binary;
using Wiretrue.Packets;
using Wiretrue.Testing.Kernel.Bpf;

namespace Wiretrue.Testing.Kernel.Gro;

/// <summary>Reads the kernel's own notes of a packet (<c>struct sk_buff</c>, linux/skbuff.h) into the library's terms.</summary>
internal static class KernelPacketState
{
    // Those that have the same number here and there; the kernel's are not ABI, and moved these two in Linux 6.18.
    private const uint SameTypes = 0xFFFFF;
    private const int FixedIdBit = 30, FixedIdInnerBit = 31;

    /// <summary>The state.</summary>
    /// <param name="packet"><c>struct sk_buff</c>.</param>
    /// <param name="sharedInfo"><c>struct skb_shared_info</c>.</param>
    public static OffloadState Read(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> sharedInfo)
    {
        KernelStructure skb = KernelStructure.Packet, shared = KernelStructure.SharedInfo;
        var checksum = (ChecksumState)skb.Read(packet, "ip_summed", 2);
        int start = (int)skb.Read(packet, "csum_start", 16) - (int)skb.Read(packet, "mac_header", 16);
        bool isOwed = checksum == ChecksumState.Partial;
        bool hasTag = skb.Read(packet, "vlan_all", 32) != 0;
        return new OffloadState
        {
            Checksum = checksum,
            ChecksumLevel = checksum == ChecksumState.Unnecessary ? (byte)skb.Read(packet, "csum_level", 2) : (byte)0,
            ChecksumStart = isOwed ? start : 0,
            ChecksumOffset = isOwed ? (ushort)skb.Read(packet, "csum_offset", 16) : (ushort)0,
            GsoType = TypeOf(shared.Read(sharedInfo, "gso_type", 32)),
            GsoSize = (int)shared.Read(sharedInfo, "gso_size", 16),
            GsoSegments = (int)shared.Read(sharedInfo, "gso_segs", 16),
            VlanProtocol = hasTag ? BinaryPrimitives.ReverseEndianness((ushort)skb.Read(packet, "vlan_proto", 16)) : (ushort)0,
            VlanTci = hasTag ? (ushort)skb.Read(packet, "vlan_tci", 16) : (ushort)0,
            IsEncapsulated = skb.Read(packet, "encapsulation", 1) != 0,
        };
    }

    private static GsoType TypeOf(uint bits)
    {
        GsoType type = (GsoType)(bits & SameTypes);
        if ((bits >> FixedIdBit & 1) != 0)
            type |= GsoType.TcpFixedId;
        if ((bits >> FixedIdInnerBit & 1) != 0)
            type |= GsoType.TcpFixedIdInner;
        return type;
    }
}
