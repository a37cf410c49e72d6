using System.Buffers.Binary;
using System.Security.Cryptography;
using Wiretrue.Headers;

namespace Wiretrue.Tunnels;

/// <summary>
/// A number that is the same for all packets of a flow (<c>skb_get_hash</c>): a tunnel's source port and flow label are made of it, so that
/// routers on the way spread flows over their links and keep each flow in order.
/// </summary>
/// <param name="Key">Who does not know it cannot tell which flows share a number.</param>
/// <param name="IsDirected">
/// The two directions of a flow have numbers of their own; they share one otherwise, as in Linux
/// (<c>__flow_hash_consistentify</c>).
/// </param>
/// <remarks>
/// Addresses, transport and ports of the outermost IP packet count; of what that carries when it is IP in IP or GRE, which have no ports. The
/// fragments of a datagram have no more than the addresses in common, so ports count in none of them, and they stay together. RFC 7348 5,
/// RFC 6438.
/// </remarks>
public readonly record struct FlowHash(UInt128 Key, bool IsDirected = false)
{
    private const int AddressesOffset4 = 12;
    private const int AddressesOffset6 = 8;

    /// <summary>One with a key that nobody knows.</summary>
    public static FlowHash WithRandomKey()
    {
        Span<byte> key = stackalloc byte[16];
        RandomNumberGenerator.Fill(key);
        return new FlowHash(BinaryPrimitives.ReadUInt128LittleEndian(key));
    }

    /// <summary>The number of the flow that a packet belongs to; 0 for one that belongs to none, having neither IP nor Ethernet.</summary>
    /// <param name="packet">Its bytes, the headers at least.</param>
    /// <param name="layout">Its walk.</param>
    public uint Of(ReadOnlySpan<byte> packet, in PacketLayout layout)
    {
        int network = FlowNetwork(layout);
        if (network < 0)
            return layout.Count > 0 && layout[0].Kind == LayerKind.Ethernet ? OfFrame(packet[layout[0].Offset..]) : 0;

        (uint ports, LayerKind transport) = Inside(packet, layout, network);
        ReadOnlySpan<byte> header = packet[layout[network].Offset..];
        var hash = new SipHash(Key);
        if (layout[network].Kind == LayerKind.IPv4)
        {
            ulong addresses = BinaryPrimitives.ReadUInt64BigEndian(header[AddressesOffset4..]);
            uint source = (uint)(addresses >> 32), destination = (uint)addresses;
            if (IsTurned(source.CompareTo(destination), ref ports))
                addresses = ((ulong)destination << 32) | source;
            hash.Add(addresses);
        }
        else
        {
            UInt128 source = BinaryPrimitives.ReadUInt128BigEndian(header[AddressesOffset6..]);
            UInt128 destination = BinaryPrimitives.ReadUInt128BigEndian(header[(AddressesOffset6 + 16)..]);
            if (IsTurned(source.CompareTo(destination), ref ports))
                (source, destination) = (destination, source);
            hash.Add((ulong)(source >> 64));
            hash.Add((ulong)source);
            hash.Add((ulong)(destination >> 64));
            hash.Add((ulong)destination);
        }
        return Fold(hash.Finish(((ulong)transport << 32) | ports, 5));
    }

    /// <summary>
    /// The IP packet whose ports tell flows apart. UDP tunnels have a source port for just this, so nobody looks into them.
    /// </summary>
    private static int FlowNetwork(in PacketLayout layout)
    {
        int network = layout.OuterNetwork;
        for (int i = network + 1; network >= 0 && i < layout.Count && !layout[i].IsTransport; i++)
        {
            if (layout[i].IsNetwork)
                network = i;
        }
        return network;
    }

    /// <summary>Both ports, and what has them.</summary>
    private static (uint Ports, LayerKind Transport) Inside(ReadOnlySpan<byte> packet, in PacketLayout layout, int network)
    {
        for (int i = network + 1; i < layout.Count; i++)
        {
            LayerKind kind = layout[i].Kind;
            bool hasPorts = kind is LayerKind.Tcp or LayerKind.Udp or LayerKind.UdpLite or LayerKind.Sctp;
            if (hasPorts)
                return (BinaryPrimitives.ReadUInt32BigEndian(packet[layout[i].Offset..]), kind);
            if (kind is LayerKind.IPv6HopByHop or LayerKind.IPv6DestinationOptions or LayerKind.IPv6Routing or LayerKind.AuthenticationHeader)
                continue;
            // Of a fragment's kind all that is known is that it is one.
            return (0, kind);
        }
        return (0, LayerKind.None);
    }

    /// <summary>Whether this is the direction that is counted as the other; its ports are exchanged then.</summary>
    private bool IsTurned(int sourceToDestination, ref uint ports)
    {
        bool turned = !IsDirected && (sourceToDestination > 0 || (sourceToDestination == 0 && ports >> 16 > (ports & 0xFFFF)));
        if (turned)
            ports = (ports << 16) | (ports >> 16);
        return turned;
    }

    /// <summary>A frame without IP: its addresses and type count (<c>udp_flow_src_port</c> with <c>use_eth</c>).</summary>
    private uint OfFrame(ReadOnlySpan<byte> frame)
    {
        var hash = new SipHash(Key);
        hash.Add(BinaryPrimitives.ReadUInt64BigEndian(frame));
        return Fold(hash.Finish(((ulong)BinaryPrimitives.ReadUInt32BigEndian(frame[8..]) << 16) | BinaryPrimitives.ReadUInt16BigEndian(frame[12..]), 6));
    }

    /// <summary>0 says that there is no flow (<c>__skb_set_sw_hash</c> has the same exception).</summary>
    private static uint Fold(ulong hash)
    {
        uint folded = (uint)(hash >> 32) ^ (uint)hash;
        return folded == 0 ? 1 : folded;
    }
}
