using System.Buffers.Binary;
using Wiretrue.Packets;

namespace Wiretrue.Testing.Kernel;

/// <summary>Reads a virtio-net header into the library's terms (<c>virtio_net_hdr_tnl_to_skb</c>, linux/virtio_net.h).</summary>
public static class VnetHeaderReading
{
    // UDP_MAX_SEGMENTS.
    private const int MostDatagrams = 128;

    /// <summary>
    /// The one refusal that the kernel does not share: it believes the offsets, and writes lengths and checksums of segments where they say.
    /// </summary>
    public const string OtherHeaders = "offsets at which there are other headers";

    private const byte TunnelTypes = VnetHeader.GsoUdpTunnelV4 | VnetHeader.GsoUdpTunnelV6;

    /// <summary>The state that the header encodes, whether it can be true or not, of a frame of <paramref name="length"/> bytes.</summary>
    public static OffloadState StateOf(in VnetHeader header, int length)
    {
        bool isOwed = (header.Flags & VnetHeader.NeedsChecksum) != 0;
        var state = new OffloadState
        {
            Checksum = isOwed ? ChecksumState.Partial : ChecksumState.None,
            ChecksumStart = isOwed ? header.ChecksumStart : 0,
            ChecksumOffset = isOwed ? header.ChecksumOffset : (ushort)0,
        };
        GsoType type = TransportOf(header);
        if (type == GsoType.None || (isOwed && IsOneSegment(header, type, length)))
            return state;
        // Of fragments it says nothing, and is no fault.
        if ((header.GsoType & VnetHeader.GsoEcn) != 0 && type != GsoType.UdpFragmentation)
            type |= GsoType.TcpEcn;
        if ((header.GsoType & TunnelTypes) != 0)
            type |= (header.Flags & VnetHeader.UdpTunnelChecksum) != 0 ? GsoType.UdpTunnelChecksum : GsoType.UdpTunnel;
        return state with { GsoType = type, GsoSize = header.GsoSize };
    }

    /// <summary>
    /// What in the header alone cannot be, in words, or null. What contradicts the frame's headers is found by those who cut it, and what
    /// contradicts itself by <see cref="OffloadState.Check"/>.
    /// </summary>
    /// <param name="header">The header.</param>
    /// <param name="length">How many bytes of it there were.</param>
    /// <param name="frame">The frame.</param>
    public static string? RefusalOf(in VnetHeader header, int length, ReadOnlySpan<byte> frame)
    {
        int type = header.GsoType & ~VnetHeader.GsoEcn;
        int tunnel = type & TunnelTypes;
        bool isOwed = (header.Flags & VnetHeader.NeedsChecksum) != 0;
        // Linux holds against the smallest IP header alone here what begins with an Ethernet header.
        if (isOwed && header.ChecksumStart < (type == VnetHeader.GsoTcpV6 ? 40 : 20))
            return "a checksum in front of any transport";
        if (header.GsoType == VnetHeader.GsoNone)
            return null;
        if (TransportOf(header) == GsoType.None)
            return tunnel != 0 ? "a tunnel around nothing that is cut" : "a type that there is not";
        if (header.GsoSize == 0)
            return "cut into nothing";
        if (header.GsoSize == OffloadState.GsoByFragmentList)
            return "cut at the packets of a list that there is not";
        int field = TransportOf(header) switch
        {
            GsoType.TcpV4 or GsoType.TcpV6 => 16,
            GsoType.UdpL4 => 6,
            _ => header.ChecksumOffset,
        };
        if (isOwed && header.ChecksumOffset != field)
            return "a checksum that is not where the transport has it";
        if ((type & ~TunnelTypes) == VnetHeader.GsoUdpL4)
        {
            if ((header.GsoType & VnetHeader.GsoEcn) != 0)
                return "datagrams with what is said of TCP alone";
            if (!isOwed)
                return "datagrams without a checksum to complete";
            if (frame.Length - header.ChecksumStart - 8 > MostDatagrams * header.GsoSize)
                return "more datagrams than one call may send";
        }
        return tunnel == 0 ? null : TunnelRefusalOf(header, length, frame, isOwed);
    }

    /// <summary>
    /// Too small packets are no super-frames. What is counted is what lies behind the shortest transport header, and for fragments that header
    /// as well.
    /// </summary>
    private static bool IsOneSegment(in VnetHeader header, GsoType type, int length)
    {
        int shortest = type switch
        {
            GsoType.UdpFragmentation => 0,
            GsoType.UdpL4 => 8,
            _ => 20,
        };
        return (header.GsoType & TunnelTypes) == 0 && length - header.ChecksumStart - shortest <= header.GsoSize;
    }

    private static string? TunnelRefusalOf(in VnetHeader header, int length, ReadOnlySpan<byte> frame, bool isOwed)
    {
        if (length < VnetHeader.Length)
            return "a tunnel, and no room to say where";
        if ((header.GsoType & TunnelTypes) == TunnelTypes)
            return "a tunnel over both families";
        if (TransportOf(header) == GsoType.UdpFragmentation)
            return "fragments in a tunnel";
        if (!isOwed)
            return "a tunnel without a checksum to complete";
        int outer = header.OuterTransportOffset;
        int network = header.InnerNetworkOffset;
        bool isInOrder = outer >= 14 + 20 && outer + 8 <= network && network + 20 <= header.ChecksumStart && header.ChecksumStart < frame.Length;
        if (!isInOrder)
            return "offsets that are out of order";
        bool isOuterIPv6 = (header.GsoType & VnetHeader.GsoUdpTunnelV6) != 0;
        bool isOuterThere = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) == (isOuterIPv6 ? 0x86DD : 0x0800)
            && outer == 14 + (isOuterIPv6 ? 40 : (frame[14] & 0xF) * 4);
        bool isInnerThere = frame[network] >> 4 is 4 or 6
            && BinaryPrimitives.ReadUInt16BigEndian(frame[(network - 2)..]) == (frame[network] >> 4 == 4 ? 0x0800 : 0x86DD);
        return isOuterThere && isInnerThere ? null : OtherHeaders;
    }

    private static GsoType TransportOf(in VnetHeader header) => (header.GsoType & ~(TunnelTypes | VnetHeader.GsoEcn)) switch
    {
        VnetHeader.GsoTcpV4 => GsoType.TcpV4,
        VnetHeader.GsoTcpV6 => GsoType.TcpV6,
        VnetHeader.GsoUdpL4 => GsoType.UdpL4,
        VnetHeader.GsoUdp => GsoType.UdpFragmentation,
        _ => GsoType.None,
    };
}
