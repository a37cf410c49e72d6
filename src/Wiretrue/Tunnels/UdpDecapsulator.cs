using System.Buffers.Binary;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Receive;

namespace Wiretrue.Tunnels;

/// <summary>Takes packets out of a tunnel over UDP (<c>__udp4_lib_rcv</c>, then <c>encap_rcv</c>).</summary>
internal abstract class UdpDecapsulator : Decapsulator
{
    private readonly ushort _port;
    private readonly bool _zeroChecksum6;

    protected UdpDecapsulator(UdpTunnel tunnel)
        : base(tunnel)
    {
        _port = tunnel.DestinationPort;
        _zeroChecksum6 = tunnel.ZeroChecksum6Receive;
    }

    private protected sealed override Decapsulation Open(Packet packet, in OuterPacket outer)
    {
        int udp = outer.TransportOffset;
        if (outer.Protocol != IPProtocol.Udp)
            return outer.OtherProtocol;
        if (outer.ContentLength < UdpHeader.Size || !packet.EnsureLinear(udp + UdpHeader.Size))
            return new Decapsulation(DecapsulationFault.TooShort, LayerKind.Udp, udp);
        ReadOnlySpan<byte> header = packet.Linear[udp..];
        if (BinaryPrimitives.ReadUInt16BigEndian(header[2..]) != _port)
            return new Decapsulation(DecapsulationFault.OtherProtocol, LayerKind.Udp, udp + 2);

        // A super-frame's length may not fit the field, or be one segment's.
        int length = packet.Offload.IsGso ? outer.ContentLength : BinaryPrimitives.ReadUInt16BigEndian(header[UdpHeader.LengthOffset..]);
        // Over IPv6, 0 is a length that does not fit (RFC 2675 4), and Linux takes it for what IPv6 says, whatever that is.
        if (length == 0 && !outer.IsIPv4)
            length = outer.ContentLength;
        if (length < UdpHeader.Size || length > outer.ContentLength)
            return new Decapsulation(DecapsulationFault.LengthWrong, LayerKind.Udp, udp + UdpHeader.LengthOffset);
        OuterPacket content = outer with { End = udp + length };
        var checksums = LayerChecksums.Of(packet);
        if (BinaryPrimitives.ReadUInt16BigEndian(header[UdpHeader.ChecksumOffset..]) == 0)
        {
            if (!outer.IsIPv4 && !_zeroChecksum6)
                return new Decapsulation(DecapsulationFault.ChecksumMissing, LayerKind.Udp, udp + UdpHeader.ChecksumOffset);
            checksums.Skip();
        }
        else if (packet.MissingTail == 0)
        {
            ushort pseudoHeader = outer.PseudoHeaderSum(packet, length);
            if (!checksums.Validate(packet, udp, content.End, pseudoHeader))
                return new Decapsulation(DecapsulationFault.ChecksumWrong, LayerKind.Udp, udp + UdpHeader.ChecksumOffset);
            checksums.Convert(udp, content.End, pseudoHeader);
        }
        return OpenHeader(packet, content, udp + UdpHeader.Size, ref checksums);
    }

    /// <summary>Reads the tunnel's own header, and ends with <see cref="Decapsulator.Leave"/>.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="outer">Its outer IP header, ending where UDP does.</param>
    /// <param name="offset">Where the tunnel's header begins.</param>
    /// <param name="checksums">What is known of what is behind the UDP header.</param>
    private protected abstract Decapsulation OpenHeader(Packet packet, in OuterPacket outer, int offset, ref LayerChecksums checksums);

    /// <summary>Judges what a header asks by remote checksum offload (<c>vxlan_remcsum</c>, <c>gue_remcsum</c>).</summary>
    /// <param name="packet">The packet; the field is linear once nothing is wrong.</param>
    /// <param name="outer">Its outer headers.</param>
    /// <param name="request">What is asked, which need not make sense.</param>
    /// <param name="options">The tunnel's.</param>
    protected static DecapsulationFault Judge(
        Packet packet, in OuterPacket outer, in RemoteChecksumRequest request, in RemoteChecksumOptions options)
    {
        ReadOnlySpan<byte> checksum = packet.Linear[(outer.TransportOffset + UdpHeader.ChecksumOffset)..];
        if (BinaryPrimitives.ReadUInt16BigEndian(checksum) == 0 && !options.AllowsUnprotected)
            return DecapsulationFault.RemoteChecksumUnprotected;
        int needed = request.Field + sizeof(ushort);
        bool isThere = request.Field >= request.Start && needed <= outer.End && packet.EnsureLinear(needed);
        return isThere ? DecapsulationFault.None : DecapsulationFault.RemoteChecksumBeyondPacket;
    }
}
