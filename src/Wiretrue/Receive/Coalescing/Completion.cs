using System.Buffers.Binary;
using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive.Coalescing;

/// <summary>
/// A super-frame that is done, while its headers are made those of one packet, from the outside in (<c>gro_complete</c>, net/core/gro.c).
/// </summary>
/// <remarks>
/// Each layer's file has a method <c>Complete</c>, which is told where its header begins, sets lengths, and goes on with the next layer; the
/// transport's calls <see cref="Finish"/>.
/// </remarks>
internal ref struct Completion
{
    private GsoType _type;

    /// <summary>Begins with the headers as the first frame had them.</summary>
    public Completion(HeldPacket held)
    {
        Held = held;
        Packet = held.Packet;
        End = held.HeaderLength + held.PayloadLength;
        Packet.EnsureWritable(held.HeaderLength, End > ushort.MaxValue ? IPv6Coalescing.JumboPayloadSize : 0);
        Bytes = Packet.Linear;
    }

    /// <summary>What was held.</summary>
    public HeldPacket Held { get; }

    /// <summary>The packet.</summary>
    public Packet Packet { get; }

    /// <summary>The linear area, which may be written.</summary>
    public Span<byte> Bytes { get; private set; }

    /// <summary>One past the last byte.</summary>
    public int End { get; private set; }

    /// <summary>Where the innermost network header so far is.</summary>
    public int NetworkOffset { get; private set; }

    /// <summary>That header is IPv6.</summary>
    public readonly bool IsIPv6 => Bytes[NetworkOffset] >> 4 == 6;

    /// <summary>
    /// The datagrams stay a list (<c>is_flist</c> without <c>encap_mark</c>): inside of a tunnel that is none of UDP they are handed up as if they had
    /// been joined, as in Linux.
    /// </summary>
    public readonly bool IsList => Held.IsList && (!Held.IsEncapsulated || (_type & (GsoType.UdpTunnel | GsoType.UdpTunnelChecksum)) != 0);

    /// <summary>A network header begins at <paramref name="offset"/>.</summary>
    public void BeginNetwork(int offset) => NetworkOffset = offset;

    /// <summary>Says what the packet is wrapped in.</summary>
    public void Wrap(GsoType type) => _type |= type;

    /// <summary>Makes room for <paramref name="count"/> bytes at <paramref name="offset"/>: what is before it moves to the front.</summary>
    public void Grow(int offset, int count)
    {
        Packet.Push(count);
        Bytes = Packet.Linear;
        Bytes.Slice(count, offset).CopyTo(Bytes);
        End += count;
    }

    /// <summary>Writes the pseudo-header's sum for the transport at <paramref name="offset"/>, which is what is owed a checksum.</summary>
    public readonly void WritePseudoHeader(Span<byte> field, IPProtocol protocol, int offset) =>
        BinaryPrimitives.WriteUInt16BigEndian(
            field, InternetChecksum.Fold(NetworkFlush.PseudoHeader(Bytes, NetworkOffset, protocol, End - offset)));

    /// <summary>What is owed from now on: the division into frames, and the checksum of the transport at <paramref name="offset"/>.</summary>
    public readonly void Finish(GsoType type, int offset, int checksumOffset)
    {
        Packet.Offload = Packet.Offload with
        {
            Checksum = ChecksumState.Partial,
            ChecksumLevel = 0,
            ChecksumStart = offset,
            ChecksumOffset = (ushort)checksumOffset,
            CompleteSum = 0,
            GsoType = _type | type,
            GsoSize = Held.SegmentSize,
            GsoSegments = Held.Count,
        };
        Packet.IsWalked = false;
    }

    /// <summary>The frames are listed as they came, their checksums good: one more was verified than was said (<c>SKB_GSO_FRAGLIST</c>).</summary>
    public readonly void FinishList(GsoType type)
    {
        OffloadState state = Packet.Offload;
        bool isVerified = state.Checksum == ChecksumState.Unnecessary;
        Packet.Offload = state with
        {
            // The sum that a device gave was the first frame's, and no sum of the list's.
            Checksum = state.Checksum == ChecksumState.Partial ? ChecksumState.Partial : ChecksumState.Unnecessary,
            ChecksumStart = state.Checksum == ChecksumState.Complete ? 0 : state.ChecksumStart,
            CompleteSum = 0,
            ChecksumLevel = isVerified ? (byte)Math.Min(state.ChecksumLevel + 1, LayerChecksums.MaxLevel) : state.ChecksumLevel,
            GsoType = _type | type | GsoType.FragmentList,
            GsoSize = Held.SegmentSize,
            GsoSegments = Held.Count,
        };
        Packet.IsWalked = false;
    }
}
