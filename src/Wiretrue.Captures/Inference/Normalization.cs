using System.Buffers.Binary;
using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;
using Wiretrue.Transmit;

namespace Wiretrue.Captures.Inference;

/// <summary>Puts the conventions of whoever captured into those of the transmit path, in place.</summary>
internal readonly ref struct Normalization
{
    private readonly Span<byte> _packet;
    private readonly ref readonly PacketLayout _layout;
    private readonly ref readonly PacketVerdict _verdict;
    private readonly PacketDecision _decision;
    private readonly bool _badToo;

    /// <summary>Takes what is to be done; see <see cref="OffloadInference.Normalize"/>.</summary>
    /// <param name="packet">The captured bytes.</param>
    /// <param name="layout">Their walk.</param>
    /// <param name="verdict">The packet's verdict.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="badToo">IPv4 header checksums that are wrong are made anew, not those alone that are zero.</param>
    public Normalization(
        Span<byte> packet, ref readonly PacketLayout layout, ref readonly PacketVerdict verdict, PacketDecision decision, bool badToo)
    {
        _packet = packet;
        _layout = ref layout;
        _verdict = ref verdict;
        _decision = decision;
        _badToo = badToo;
    }

    /// <summary>Does it.</summary>
    public void Apply()
    {
        for (int i = _layout.Count - 1; i >= 0; i--)
            Lengths(i);
        for (int i = _layout.Count - 1; i >= 0; i--)
        {
            if (_layout[i].Kind == LayerKind.IPv4)
                IPv4Header(i);
        }
        if (_decision.Owed.Checksum == ChecksumState.Partial)
            Transports();
    }

    // A length of 0 says "cut me": it stays on what is cut, and becomes true on what is not, unless it is too large to be said.
    private void Lengths(int index)
    {
        ref readonly Layer layer = ref _layout[index];
        if (_decision.Owed.IsGso)
            return;
        switch (layer.LimitedBy)
        {
            case LengthSource.IPv4ZeroLength when layer.Length <= ushort.MaxValue && !IsBad(index):
                BinaryPrimitives.WriteUInt16BigEndian(_packet[(layer.Offset + 2)..], (ushort)layer.Length);
                // The sum that covered the 0 is no longer right; the header is made anew below.
                BinaryPrimitives.WriteUInt16BigEndian(_packet[(layer.Offset + IPv4Checksum.FieldOffset)..], 0);
                break;
            case LengthSource.IPv6ZeroLength when layer.ContentLength <= ushort.MaxValue:
                BinaryPrimitives.WriteUInt16BigEndian(_packet[(layer.Offset + 4)..], (ushort)layer.ContentLength);
                break;
            case LengthSource.UdpZeroLength when layer.Length <= ushort.MaxValue:
                BinaryPrimitives.WriteUInt16BigEndian(_packet[(layer.Offset + UdpHeader.LengthOffset)..], (ushort)layer.Length);
                break;
            default:
                break;
        }
    }

    private bool IsBad(int index) =>
        IPv4Checksum.Classify(_packet, _layout[index]) is CapturedChecksum.Bad or CapturedChecksum.Unverifiable;

    private void IPv4Header(int index)
    {
        ref readonly Layer layer = ref _layout[index];
        CapturedChecksum checksum = IPv4Checksum.Classify(_packet, in layer);
        if (checksum == CapturedChecksum.Zero || (checksum == CapturedChecksum.Bad && _badToo))
            IPv4Checksum.Write(_packet.Slice(layer.Offset, layer.HeaderLength));
    }

    // The one that is owed gets its pseudo-header sum; each checksum around it the value that holds once that one is complete, which needs
    // no byte of payload (local checksum offload). Around segments they are made anew for each.
    private void Transports()
    {
        int owed = 0;
        while (_layout[owed].Offset != _decision.Owed.ChecksumStart || !_layout[owed].IsTransport)
            owed++;
        // Whether a GRE checksum is right shows only as long as nothing inside has changed.
        ulong greIsRight = _decision.Owed.IsGso ? 0 : RightGreChecksums(owed);
        NestedSum complete = _decision.Owed.ChecksumIsCrc32C ? CompleteCrc(owed) : PutPseudoHeader(owed);
        if (_decision.Owed.IsGso)
            return;
        for (int i = owed - 1; i >= 0; i--)
        {
            ref readonly Layer layer = ref _layout[i];
            if (layer.Kind == LayerKind.Udp && FollowsInner(i))
                complete = Put(i, UdpHeader.ChecksumOffset, PseudoHeader.Sum(_packet, in _layout, i, layer.Length), complete);
            else if (layer.Kind == LayerKind.Gre && (greIsRight >> i & 1) != 0)
                complete = Put(i, GreHeader.ChecksumOffset, 0, complete);
        }
    }

    private NestedSum PutPseudoHeader(int owed)
    {
        Layer layer = _layout[owed];
        ushort pseudo = PseudoHeader.Sum(_packet, in _layout, owed, layer.Length);
        // The transmit path sums to the end of what it is given; padding inside a tunnel, behind this layer, is taken off beforehand.
        int behind = Math.Min(_decision.Length, _packet.Length) - layer.End;
        ushort field = pseudo;
        if (behind > 0 && !_decision.Owed.IsGso)
        {
            ushort padding = InternetChecksum.Sum(_packet.Slice(layer.End, behind));
            field = InternetChecksum.Subtract(pseudo, InternetChecksum.Combine(0, padding, layer.Length));
        }
        BinaryPrimitives.WriteUInt16BigEndian(_packet[(layer.Offset + _decision.Owed.ChecksumOffset)..], field);
        return NestedSum.OnceComplete(in layer, pseudo);
    }

    private NestedSum CompleteCrc(int owed)
    {
        // A CRC does not add up: it has to be there before a sum over it can be taken. Without one around it, it stays owed as it is.
        Layer layer = _layout[owed];
        if (owed == _layout.OuterTransport && !IsInGre(owed))
            return NestedSum.None;
        PartialChecksum.TryCompleteCrc32C(_packet[..layer.End], layer.Offset, SctpHeader.ChecksumOffset, out _);
        return NestedSum.None;
    }

    private bool IsInGre(int index)
    {
        while (--index >= 0)
        {
            if (_layout[index].Kind == LayerKind.Gre)
                return true;
        }
        return false;
    }

    private NestedSum Put(int index, int fieldOffset, ushort pseudo, NestedSum complete)
    {
        ref readonly Layer layer = ref _layout[index];
        if (layer.End > _packet.Length)
            return complete;
        Span<byte> field = _packet.Slice(layer.Offset + fieldOffset, InternetChecksum.SizeInBytes);
        field.Clear();
        ushort checksum = (ushort)~InternetChecksum.Add(complete.Around(_packet, in layer), pseudo);
        BinaryPrimitives.WriteUInt16BigEndian(field, checksum == 0 && layer.Kind == LayerKind.Udp ? (ushort)0xFFFF : checksum);
        return NestedSum.OnceComplete(in layer, pseudo);
    }

    // One that is wrong of itself stays wrong: its bytes are not touched, and so it does not fit what is inside any better than before.
    private bool FollowsInner(int index)
    {
        int level = 0;
        for (int i = _layout.NextTransport(-1); i < index; i = _layout.NextTransport(i))
            level++;
        return level < _verdict.Transports
            && _verdict.Checksum(level) is CapturedChecksum.Good or CapturedChecksum.Partial or CapturedChecksum.PartialNoLength;
    }

    private ulong RightGreChecksums(int owed)
    {
        ulong right = 0;
        NestedSum complete = _decision.Owed.ChecksumIsCrc32C
            ? NestedSum.None : NestedSum.OnceComplete(_layout[owed], PseudoHeader.Sum(_packet, in _layout, owed, _layout[owed].Length));
        for (int i = 0; i < owed; i++)
        {
            ref readonly Layer layer = ref _layout[i];
            if (layer.Kind != LayerKind.Gre || layer.End > _packet.Length
                || !GreHeader.TryCreate(_packet[layer.Offset..], out GreHeader gre) || !gre.HasChecksum)
            {
                continue;
            }
            if (NestedSum.None.Around(_packet, in layer) == 0xFFFF || complete.Around(_packet, in layer) == 0xFFFF)
                right |= 1UL << i;
        }
        return right;
    }
}
