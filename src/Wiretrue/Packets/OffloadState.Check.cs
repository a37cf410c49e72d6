using System.Numerics;
using Wiretrue.Headers;

namespace Wiretrue.Packets;

public readonly partial record struct OffloadState
{
    private const int MaxChecksumLevel = 3;

    /// <summary>What one call may send (<c>UDP_MAX_SEGMENTS</c>, linux/udp.h).</summary>
    private const int MostDatagrams = 128;

    private const ushort Vlan8021Q = 0x8100;
    private const ushort Vlan8021AD = 0x88A8;
    private const GsoType Tcp = GsoType.TcpV4 | GsoType.TcpV6;
    private const GsoType Udp = GsoType.UdpL4 | GsoType.UdpFragmentation;
    private const GsoType UdpTunnels = GsoType.UdpTunnel | GsoType.UdpTunnelChecksum;
    private const GsoType GreTunnels = GsoType.Gre | GsoType.GreChecksum;
    private const GsoType TcpFlags = GsoType.TcpEcn | GsoType.TcpAccurateEcn | GsoType.TcpFixedId | GsoType.TcpFixedIdInner;

    /// <summary>
    /// Tells whether the state can be true of a packet of <paramref name="length"/> bytes, from itself alone: for what comes from a source
    /// that is not trusted. The headers are not looked at.
    /// </summary>
    /// <param name="length">The packet's bytes, those that were not captured included.</param>
    /// <returns>The first thing that is wrong, or <see cref="OffloadFault.None"/>.</returns>
    public OffloadFault Check(int length)
    {
        OffloadFault fault = CheckChecksum(length);
        if (fault == OffloadFault.None)
            fault = CheckGso(length);
        return fault == OffloadFault.None ? CheckVlan() : fault;
    }

    private OffloadFault CheckChecksum(int length)
    {
        if (ChecksumLevel > MaxChecksumLevel)
            return OffloadFault.ChecksumLevelTooHigh;
        if (ChecksumLevel != 0 && Checksum != ChecksumState.Unnecessary)
            return OffloadFault.ChecksumLevelWithoutVerification;
        if (ChecksumIsCrc32C && (GsoType & (Tcp | Udp)) != 0)
            return OffloadFault.Crc32CWithInternetTransport;
        if (Checksum != ChecksumState.Partial)
            return OffloadFault.None;
        if (!ChecksumIsCrc32C && (GsoType & GsoType.Sctp) != 0)
            return OffloadFault.SctpWithInternetChecksum;
        // The field's own bytes count as well: a comparison without them, or with one, lets a write past the end through.
        int field = ChecksumIsCrc32C ? sizeof(uint) : sizeof(ushort);
        return ChecksumStart < 0 || (long)ChecksumStart + ChecksumOffset + field > length ? OffloadFault.ChecksumBeyondPacket : OffloadFault.None;
    }

    private OffloadFault CheckGso(int length)
    {
        GsoType transport = GsoType & GsoType.TransportMask;
        if (GsoSize is < 0 or > ushort.MaxValue)
            return OffloadFault.GsoSizeOutOfRange;
        if (GsoSegments is < 0 or > ushort.MaxValue)
            return OffloadFault.GsoSegmentsOutOfRange;
        if ((GsoType & UdpTunnels) == UdpTunnels || (GsoType & GreTunnels) == GreTunnels)
            return OffloadFault.TunnelWithAndWithoutChecksum;
        // A tunnel's outer checksum may be owed by a packet that is one segment only.
        if (!IsGso)
            return (GsoType & ~GsoTypeExtensions.OuterChecksums) == 0 ? OffloadFault.None : OffloadFault.GsoTypeWithoutSize;
        if (transport == GsoType.None)
            return OffloadFault.GsoWithoutTransport;
        if (!BitOperations.IsPow2((uint)transport))
            return OffloadFault.GsoSeveralTransports;
        if ((GsoType & TcpFlags) != 0 && (transport & Tcp) == 0)
            return OffloadFault.TcpFlagWithoutTcp;
        if ((GsoType & (GsoType.TcpEcn | GsoType.TcpAccurateEcn)) == (GsoType.TcpEcn | GsoType.TcpAccurateEcn))
            return OffloadFault.EcnOfBothKinds;
        if ((GsoType & GsoType.TunnelRemoteChecksum) != 0 && (GsoType & UdpTunnels) == 0)
            return OffloadFault.RemoteChecksumWithoutTunnel;
        if (transport == GsoType.Sctp && GsoSize != GsoByFragmentList)
            return OffloadFault.SctpNotByFragmentList;
        if (transport != GsoType.Sctp && GsoSize == GsoByFragmentList)
            return OffloadFault.GsoListWithoutSctp;
        // Fragments of a datagram have no checksum of their own, so nothing need be owed; and the datagram's is made anew, wherever it is said to be.
        if (transport == GsoType.UdpFragmentation)
            return OffloadFault.None;
        if (Checksum is ChecksumState.None or ChecksumState.Complete)
            return OffloadFault.GsoWithoutPartialChecksum;
        if (Checksum != ChecksumState.Partial)
            return OffloadFault.None;
        if (ChecksumOffset != FieldOffset(transport))
            return OffloadFault.ChecksumOffsetNotOfTransport;
        return transport == GsoType.UdpL4 && length - ChecksumStart - UdpHeader.Size > (long)MostDatagrams * GsoSize
            ? OffloadFault.TooManyDatagrams
            : OffloadFault.None;
    }

    private OffloadFault CheckVlan()
    {
        if (!HasVlanTag)
            return VlanTci == 0 ? OffloadFault.None : OffloadFault.VlanTciWithoutProtocol;
        return VlanProtocol is Vlan8021Q or Vlan8021AD ? OffloadFault.None : OffloadFault.VlanProtocolUnknown;
    }

    /// <summary>Where a transport's header has its checksum.</summary>
    private static int FieldOffset(GsoType transport) => transport switch
    {
        GsoType.TcpV4 or GsoType.TcpV6 => 16,
        GsoType.Sctp => 8,
        _ => 6,
    };
}
