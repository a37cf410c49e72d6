using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Segmentation;

/// <summary>
/// The headers of the segments: a template in which all is written that segments of one length have in common, and the little that each has
/// of its own.
/// </summary>
internal ref struct SegmentHeaders<TTransport>
    where TTransport : struct, ISegmentTransport
{
    private readonly ref PacketLayout _layout;
    private readonly Span<byte> _room;
    private readonly int _transportIndex;
    private readonly int _transportOffset;
    private readonly int _headerLength;
    private readonly GsoType _type;
    private readonly ushort _pseudoHeaderBase;
    private readonly int _gsoSize;
    private TTransport _transport;
    private NetworkHeaders _network;
    private ushort _pseudoHeader;

    /// <summary>Copies the super-frame's headers into <paramref name="room"/>.</summary>
    public SegmentHeaders(Packet packet, in SegmentPlan plan, TTransport transport, Span<byte> room)
    {
        _layout = ref packet.Layout;
        _room = room;
        _transportIndex = plan.Transport;
        _headerLength = plan.HeaderLength;
        _type = packet.Offload.GsoType;
        _gsoSize = plan.GsoSize;

        Span<byte> template = room[.._headerLength];
        packet.Linear[.._headerLength].CopyTo(template);
        Layer layer = _layout[_transportIndex];
        _transportOffset = layer.Offset;
        _pseudoHeaderBase = PseudoHeaderWithoutLength(packet, layer);
        transport.Open(template[_transportOffset..], plan.SegmentPayload);
        _transport = transport;
        _network.Open(template, _layout, _transportIndex, _type, plan.SegmentPayload / plan.GsoSize);
    }

    /// <summary>True when the segments get no transport checksum.</summary>
    public readonly bool ChecksumIsAbsent => _transport.ChecksumIsAbsent;

    /// <summary>What a segment owes whose checksum is left to the device.</summary>
    public readonly OffloadState Owed => new()
    {
        Checksum = ChecksumState.Partial,
        ChecksumStart = _transportOffset,
        ChecksumOffset = (ushort)TTransport.ChecksumOffset,
    };

    /// <summary>Bytes that a segment's headers are copied with: the headers, and what rounds them up.</summary>
    public readonly ReadOnlySpan<byte> Template(int length) => _room[..length];

    /// <summary>The first segment is not like those after it.</summary>
    public readonly bool FirstDiffers => _transport.FirstDiffers;

    /// <summary>Makes the template one for segments with <paramref name="payloadLength"/> bytes of payload.</summary>
    /// <remarks>
    /// What a device cuts further has in all headers but the transport's the lengths of the frames that it is cut into, and the outer checksum
    /// of those, as it repeats them as they are. The transport's is as long as it is, with the checksum owed.
    /// </remarks>
    public void Prepare(int payloadLength)
    {
        Span<byte> template = _room[.._headerLength];
        int frameLength = _headerLength + Math.Min(payloadLength, _gsoSize);
        _network.Prepare(template, _layout, _transportIndex, frameLength);

        _pseudoHeader = PseudoHeaderOf(_headerLength + payloadLength);
        TTransport transport = _transport;
        transport.Prepare(template[_transportOffset..], payloadLength, _pseudoHeader);
        _transport = transport;
        TunnelSegments.PrepareChecksums(template, _layout, _transportIndex, _type, PseudoHeaderOf(frameLength), frameLength);
        // What a segment holds whose checksum stays owed; one that is done replaces it.
        if (!ChecksumIsAbsent)
            WriteChecksum(template, _pseudoHeader);
    }

    /// <summary>Writes what is the segment's own, its checksum left aside.</summary>
    /// <param name="headers">The segment's headers, a copy of the template.</param>
    /// <param name="index">0 for the first segment.</param>
    /// <param name="isLast">No segment follows.</param>
    /// <returns>The sum of the transport header and its pseudo-header, for <see cref="Complete(Span{byte}, ulong, ushort)"/>.</returns>
    public readonly ulong Write(Span<byte> headers, int index, bool isLast)
    {
        _network.Write(headers, index);
        return _transport.Write(headers[_transportOffset..], index, isLast);
    }

    /// <summary>Does the checksum of a segment, which was owed until then.</summary>
    /// <param name="headers">The segment's headers.</param>
    /// <param name="headerSum">What <see cref="Write(Span{byte}, int, bool)"/> returned for them.</param>
    /// <param name="payloadSum">Sum of its payload.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Complete(Span<byte> headers, ulong headerSum, ushort payloadSum) =>
        WriteChecksum(headers, TTransport.ChecksumOf(headerSum + payloadSum));

    /// <summary>Writes the headers of segments that are alike, with their checksums if <paramref name="sum"/> is set.</summary>
    public readonly void Write(in SegmentRun run, bool sum)
    {
        Span<byte> headers = run.HeaderBytes;
        int stride = run.Headers.Stride;
        Fill(headers, stride);
        _network.Write(headers, stride, run.FirstIndex);
        _transport.Write(headers, _transportOffset, stride, run.FirstIndex);
        if (sum)
            Complete(run);
    }

    private readonly void Complete(in SegmentRun run)
    {
        Span<byte> headers = run.HeaderBytes;
        ReadOnlySpan<byte> payload = run.PayloadBytes;
        TTransport transport = _transport;
        int at = _transportOffset + TTransport.ChecksumOffset;
        int stride = run.Headers.Stride;
        int length = run.PayloadLength;
        int index = run.FirstIndex;
        for (int start = 0; start < payload.Length; start += length)
        {
            ulong sum = transport.HeaderSum(index++) + InternetChecksum.Sum(payload.Slice(start, length));
            BinaryPrimitives.WriteUInt16BigEndian(headers.Slice(at, sizeof(ushort)), TTransport.ChecksumOf(sum));
            at += stride;
        }
    }

    /// <summary>Copies the template to each place, a cache line of all of them after the other.</summary>
    private readonly void Fill(Span<byte> places, int stride)
    {
        ReadOnlySpan<byte> template = _room[..stride];
        for (int line = 0; line < stride; line += SegmentLoop.HeaderAlignment)
        {
            // A length that the compiler knows is copied by a vector or two, without a call.
            ReadOnlySpan<byte> bytes = template.Slice(line, SegmentLoop.HeaderAlignment);
            for (int at = line; at < places.Length; at += stride)
                bytes.CopyTo(places.Slice(at, SegmentLoop.HeaderAlignment));
        }
    }

    private readonly void WriteChecksum(Span<byte> headers, ushort checksum) =>
        BinaryPrimitives.WriteUInt16BigEndian(headers[(_transportOffset + TTransport.ChecksumOffset)..], checksum);

    /// <summary>
    /// The field of a checksum that is owed holds it, length included, so the length is taken out: what a rewriter has changed since is
    /// kept, as in Linux. Else it is taken from the headers.
    /// </summary>
    private readonly ushort PseudoHeaderWithoutLength(Packet packet, in Layer layer)
    {
        if (packet.Offload.Checksum != ChecksumState.Partial)
            return PseudoHeader.Sum(packet.Linear, _layout, _transportIndex, 0);
        ushort field = BinaryPrimitives.ReadUInt16BigEndian(packet.Linear[(layer.Offset + TTransport.ChecksumOffset)..]);
        return InternetChecksum.Subtract(field, InternetChecksum.Fold((ulong)layer.Length));
    }

    private readonly ushort PseudoHeaderOf(int segmentLength) =>
        InternetChecksum.Add(_pseudoHeaderBase, InternetChecksum.Fold((ulong)(segmentLength - _transportOffset)));
}
