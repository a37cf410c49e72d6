namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>A TCP header. A super-frame's checksum field holds the pseudo-header's sum.</summary>
/// <param name="Fields">What the super-frame's says.</param>
/// <param name="HasAccurateEcn">CWR is part of a counter, and in every segment.</param>
public sealed record PlainTcp(TcpFields Fields, bool HasAccurateEcn = false) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => 20 + Fields.Options.Length;

    /// <inheritdoc/>
    public override byte Protocol => 6;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        TcpFields fields = Fields with { Checksum = FieldChecksum.Partial };
        if (place.Segment is { } segment)
        {
            int flags = fields.Flags;
            if (segment.Index > 0 && !HasAccurateEcn)
                flags &= ~TcpFields.Cwr;
            if (!segment.IsLast)
                flags &= ~(TcpFields.Fin | TcpFields.Psh);
            fields = fields with
            {
                Sequence = fields.Sequence + (uint)segment.Offset,
                Flags = (ushort)flags,
                Checksum = place.IsRemoteChecksum ? FieldChecksum.Partial : FieldChecksum.Good,
            };
        }
        return Frames.TcpSegment(place.Network!, fields, content);
    }
}
