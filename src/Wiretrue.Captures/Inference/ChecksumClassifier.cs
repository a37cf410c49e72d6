using System.Runtime.CompilerServices;
using Wiretrue.Captures.Formats;
using Wiretrue.Checksums;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Inference;

/// <summary>
/// Says in which states the transport checksums of one packet are, looking at the packet alone. Called for the innermost transport first,
/// so that the sum of an inner one counts for the outer one too.
/// </summary>
internal ref struct ChecksumClassifier
{
    private readonly ReadOnlySpan<byte> _packet;
    private readonly ref readonly PacketLayout _layout;
    private readonly bool _exact;
    private NestedSum _captured;
    private NestedSum _complete;

    /// <summary>Starts on a packet.</summary>
    /// <param name="packet">The captured bytes.</param>
    /// <param name="layout">Their walk.</param>
    /// <param name="exact">Take the sum even where the field equals the pseudo-header sum.</param>
    public ChecksumClassifier(ReadOnlySpan<byte> packet, ref readonly PacketLayout layout, bool exact)
    {
        _packet = packet;
        _layout = ref layout;
        _exact = exact;
        _captured = _complete = NestedSum.None;
    }

    /// <summary>After <see cref="CapturedChecksum.Bad"/>: by how much the last one was off.</summary>
    public ChecksumOffset Off { get; private set; }

    /// <summary>Classifies the transport layer at <paramref name="index"/>, which encloses the one classified before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CapturedChecksum Classify(int index)
    {
        var transport = new CapturedTransport(_packet, in _layout, index);
        if (!transport.HasField)
            return Unseen(CapturedChecksum.Unverifiable);
        return transport.Layer.Kind is LayerKind.Tcp or LayerKind.Udp ? WithPseudoHeader(in transport) : Others(in transport);
    }

    private CapturedChecksum WithPseudoHeader(scoped in CapturedTransport transport)
    {
        ushort field = transport.Field;
        bool udp = transport.Layer.Kind == LayerKind.Udp;
        if (udp && field == 0 && _layout[_layout.NetworkOf(transport.Index)].Kind == LayerKind.IPv4)
            return Absent(in transport);

        ushort withoutLength = transport.PseudoSum(withLength: false);
        ushort pseudo = transport.WithLength(withoutLength);
        // Half-made on the wire as well: its receiver completes it, and the outer checksum covers it as it is.
        if (field == pseudo && RemoteChecksumRequest.IsFor(_packet, in _layout, transport.Index))
            return Unseen(CapturedChecksum.Good);
        if (!transport.IsWhole)
        {
            return Unseen(field == pseudo ? CapturedChecksum.Partial
                : field == withoutLength ? CapturedChecksum.PartialNoLength : CapturedChecksum.Unverifiable);
        }
        if (field == pseudo && !_exact)
            return Owed(in transport, pseudo, CapturedChecksum.Partial);
        // Something inside is owed: the sum may be right already for when that is done (local checksum offload), which costs no payload
        // bytes to see.
        if (_complete.IsKnown && _complete != _captured
            && InternetChecksum.Add(_complete.Around(_packet, in transport.Layer), pseudo) == 0xFFFF)
        {
            return Owed(in transport, pseudo, CapturedChecksum.Good);
        }

        ushort sum = _captured.Around(_packet, in transport.Layer);
        ushort off = InternetChecksum.Add(sum, pseudo);
        if (off == 0xFFFF && !(udp && field == 0))
            return Verified(in transport, sum, pseudo);
        if (field == pseudo)
            return Owed(in transport, pseudo, CapturedChecksum.Partial);
        if (field == withoutLength)
            return Owed(in transport, pseudo, CapturedChecksum.PartialNoLength);
        if (field == 0)
            return Owed(in transport, pseudo, CapturedChecksum.Zero);
        Off = new ChecksumOffset(off, InternetChecksum.Subtract(field, pseudo), field);
        return Keep(in transport, sum, CapturedChecksum.Bad);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private CapturedChecksum Others(scoped in CapturedTransport transport)
    {
        if (transport.Layer.Kind == LayerKind.UdpLite)
            return CapturedChecksum.None;
        if (!transport.IsWhole)
            return Unseen(CapturedChecksum.Unverifiable);
        if (transport.Layer.Kind == LayerKind.Sctp)
        {
            _captured = _complete = NestedSum.None;
            return SctpChecksum.Classify(_packet.Slice(transport.Layer.Offset, transport.Layer.Length));
        }
        ushort sum = _captured.Around(_packet, in transport.Layer);
        ushort all = InternetChecksum.Add(sum, transport.PseudoSum(withLength: true));
        return Keep(in transport, sum, all == 0xFFFF ? CapturedChecksum.Good : CapturedChecksum.Bad);
    }

    private CapturedChecksum Unseen(CapturedChecksum verdict)
    {
        _captured = _complete = NestedSum.None;
        return verdict;
    }

    private CapturedChecksum Owed(scoped in CapturedTransport transport, ushort pseudo, CapturedChecksum verdict)
    {
        // As captured its bytes were not summed, or differ from what they will be: an outer checksum that wants them sums them itself.
        _captured = NestedSum.None;
        _complete = NestedSum.OnceComplete(in transport.Layer, pseudo);
        return verdict;
    }

    private CapturedChecksum Verified(scoped in CapturedTransport transport, ushort sum, ushort pseudo)
    {
        bool changes = _complete.IsKnown && _complete != _captured;
        _captured = new NestedSum(transport.Layer.Offset, transport.Layer.End, sum);
        // It holds as captured, around something that is still owed: completing that will change this one along with it.
        _complete = changes ? NestedSum.OnceComplete(in transport.Layer, pseudo) : _captured;
        return CapturedChecksum.Good;
    }

    private CapturedChecksum Absent(scoped in CapturedTransport transport)
    {
        if (!_complete.IsKnown || !transport.IsWhole)
            return CapturedChecksum.Absent;
        return Keep(in transport, _captured.IsKnown ? _captured.Around(_packet, in transport.Layer) : (ushort)0, CapturedChecksum.Absent);
    }

    private CapturedChecksum Keep(scoped in CapturedTransport transport, ushort sum, CapturedChecksum verdict)
    {
        bool known = _captured.IsKnown || !_complete.IsKnown;
        bool changes = _complete.IsKnown && _complete != _captured;
        NestedSum complete = changes
            ? new NestedSum(transport.Layer.Offset, transport.Layer.End, _complete.Around(_packet, in transport.Layer))
            : NestedSum.None;
        _captured = known ? new NestedSum(transport.Layer.Offset, transport.Layer.End, sum) : NestedSum.None;
        _complete = changes ? complete : _captured;
        return verdict;
    }
}
