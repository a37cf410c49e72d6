using System.Buffers.Binary;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Testing;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Tests.Tunnels;

/// <summary>A packet of which nobody may read the payload: its headers are linear, and the rest lies in memory that is sealed.</summary>
internal sealed class SealedPacket : IDisposable
{
    /// <summary>As long as the longest payload; what needs more has none that can be sealed.</summary>
    public const int LongestPayload = 60_000;

    private readonly SealedPage _page = new(LongestPayload);

    /// <summary>Makes one of <paramref name="bytes"/>, seals its payload, does <paramref name="work"/> to it, and opens it.</summary>
    /// <param name="pool">Who lends the packet.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="frame">What they are: its headers may be read.</param>
    /// <param name="headroom">Bytes before the first.</param>
    /// <param name="state">What is owed.</param>
    /// <param name="work">What must not read the payload.</param>
    public Packet Do(PacketPool pool, byte[] bytes, PlainFrame frame, int headroom, in OffloadState state, Action<Packet> work)
    {
        int headers = frame.HeaderLength;
        Packet packet = pool.Rent(headroom, headers);
        bytes.AsSpan(0, headers).CopyTo(packet.Put(headers));
        bytes.AsSpan(headers).CopyTo(_page.Span);
        packet.AddFragment(_page.Page, _page.Start, bytes.Length - headers);
        packet.LinkType = frame.Headers[0] is PlainEthernet ? LinkType.Ethernet : LinkType.Raw;
        packet.Offload = state;
        Again(packet, work);
        return packet;
    }

    /// <summary>Does <paramref name="work"/> to a packet made by <see cref="Do"/> while its payload is sealed again.</summary>
    public void Again(Packet packet, Action<Packet> work)
    {
        _page.Seal();
        try
        {
            work(packet);
        }
        finally
        {
            _page.Open();
        }
    }

    /// <summary>All bytes of a packet; with a checksum that is owed, completed by plain code.</summary>
    public static byte[] Completed(Packet packet)
    {
        byte[] bytes = new byte[packet.Length];
        packet.CopyTo(bytes);
        OffloadState state = packet.Offload;
        if (state.Checksum != ChecksumState.Partial)
            return bytes;
        Span<byte> covered = bytes.AsSpan(state.ChecksumStart);
        ushort checksum = PlainSum.Checksum(covered);
        bool isUdp = state.ChecksumOffset == 6;
        BinaryPrimitives.WriteUInt16BigEndian(covered[state.ChecksumOffset..], checksum == 0 && isUdp ? (ushort)0xFFFF : checksum);
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => _page.Dispose();
}
