using System.Runtime.CompilerServices;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive.Coalescing;

/// <summary>
/// A packet that waits for the next of its flow, with all that joined it: the members of <c>struct napi_gro_cb</c> (net/gro.h) that outlive a
/// packet's arrival.
/// </summary>
/// <remarks>Offsets count from the packet's first byte. One is reused for many packets, so that holding a packet allocates nothing.</remarks>
internal sealed class HeldPacket
{
    private Packet? _last;

    /// <summary>The first packet of the flow; those that joined are its fragment list.</summary>
    public Packet Packet { get; private set; } = null!;

    /// <summary>What the first byte belongs to.</summary>
    public LinkType LinkType { get; private set; }

    /// <summary>The VLAN tag that stands outside of the bytes, its EtherType above; 0 for none (<c>vlan_all</c>).</summary>
    public uint VlanTag { get; private set; }

    /// <summary>The flow's hash.</summary>
    public uint Hash { get; private set; }

    /// <summary>When it was first held, by the clock of the coalescer's owner (<c>age</c>).</summary>
    public long Since { get; private set; }

    /// <summary>Bytes from the network header to the end (<c>skb->len</c>).</summary>
    public int Length { get; private set; }

    /// <summary>Bytes of payload (<c>skb_gro_len</c>).</summary>
    public int PayloadLength { get; private set; }

    /// <summary>Bytes before the payload.</summary>
    public int HeaderLength { get; private set; }

    /// <summary>Where the transport header is.</summary>
    public int TransportOffset { get; private set; }

    /// <summary>Frames that it stands for (<c>count</c>).</summary>
    public int Count { get; private set; }

    /// <summary>Payload bytes of each but the last (<c>gso_size</c>).</summary>
    public int SegmentSize { get; private set; }

    /// <summary>It stays below so many bytes, by <see cref="Length"/>.</summary>
    public int MaxLength { get; private set; }

    /// <summary>A tunnel header was walked over (<c>encap_mark</c>).</summary>
    public bool IsEncapsulated { get; private set; }

    /// <summary>The packets are listed as they came, not joined (<c>is_flist</c>).</summary>
    public bool IsList { get; private set; }

    /// <summary>FIN and PSH of what joined.</summary>
    public TcpFlags EndFlags { get; set; }

    /// <summary>Whether the IPv4 identification stays the same: bit 0 for the outer header, bit 1 for the inner (<c>ip_fixedid</c>).</summary>
    public int FixedIds { get; set; }

    /// <summary>The shortcut for frames that differ from this packet in nothing but what differs from frame to frame.</summary>
    public HeaderMatch Match { get; } = new();

    /// <summary>The headers, and as much more as is in one piece.</summary>
    public ReadOnlySpan<byte> Bytes => Packet.Linear;

    private int OuterNetworkOffset { get; set; }

    private int InnerNetworkOffset { get; set; }

    /// <summary>Where the network header is; the inner one only with <see cref="IsEncapsulated"/>.</summary>
    public int NetworkOffset(bool inner) => inner ? InnerNetworkOffset : OuterNetworkOffset;

    /// <summary>Holds a packet whose layers were walked over.</summary>
    public void Hold(in Arrival arrival, uint hash, long now)
    {
        Packet = arrival.Packet;
        _last = null;
        LinkType = Packet.LinkType;
        VlanTag = arrival.VlanTag;
        Hash = hash;
        Since = now;
        OuterNetworkOffset = arrival.OuterNetworkOffset;
        InnerNetworkOffset = arrival.InnerNetworkOffset;
        TransportOffset = arrival.TransportOffset;
        HeaderLength = arrival.Offset;
        Length = arrival.LengthFromNetwork;
        PayloadLength = arrival.Remaining;
        Count = arrival.Count;
        MaxLength = arrival.Limits.MaxLength(arrival);
        SegmentSize = arrival.IsGso ? arrival.Packet.State.GsoSize : arrival.Remaining;
        IsEncapsulated = arrival.IsEncapsulated;
        IsList = arrival.IsList;
        EndFlags = TcpFlags.None;
        FixedIds = 0;
        if (arrival.IsPlainTcp)
            Match.Learn(this);
        else
            Match.Forget();
    }

    /// <summary>Joins the payload of a packet, whose first <paramref name="headerLength"/> bytes are left out: nothing is copied.</summary>
    public void Append(Packet packet, int headerLength, int frames)
    {
        int length = packet.Length - headerLength;
        packet.PullHeaders(headerLength);
        Packet.AppendToFragmentList(packet, ref _last);
        Length += length;
        PayloadLength += length;
        Count += frames;
    }

    /// <summary>As <see cref="Append"/>, for one frame in one piece that is known to have so much payload.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AppendFrame(Packet packet, int headerLength, int payload)
    {
        packet.PullHeaders(headerLength);
        Packet.AppendToFragmentList(packet, ref _last);
        Length += payload;
        PayloadLength += payload;
        Count++;
    }

    /// <summary>True for a packet of one frame on the same link, with the same VLAN tag outside of its bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsSameLink(Packet packet, in OffloadState state) =>
        packet.LinkType == LinkType && !state.IsGso && (((uint)state.VlanProtocol << 16) | state.VlanTci) == VlanTag;

    /// <summary>Lets go of the packet.</summary>
    public Packet Release()
    {
        Packet packet = Packet;
        Packet = null!;
        _last = null;
        Match.Forget();
        return packet;
    }
}
