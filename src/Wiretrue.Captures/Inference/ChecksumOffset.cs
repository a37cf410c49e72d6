namespace Wiretrue.Captures.Inference;

/// <summary>By how much a wrong checksum is off, in one's complement; 0 stands for 0xFFFF too, the same number.</summary>
internal readonly record struct ChecksumOffset
{
    /// <summary>Takes the two distances.</summary>
    /// <param name="fromGood">The whole sum: pseudo-header, header and content, field included.</param>
    /// <param name="fromPartial">The field less the pseudo-header sum.</param>
    /// <param name="field">The field.</param>
    public ChecksumOffset(ushort fromGood, ushort fromPartial, ushort field)
    {
        FromGood = fromGood == 0xFFFF ? (ushort)0 : fromGood;
        FromPartial = fromPartial == 0xFFFF ? (ushort)0 : fromPartial;
        Field = field;
    }

    /// <summary>The distance from a checksum that verifies.</summary>
    public ushort FromGood { get; }

    /// <summary>The distance from the pseudo-header sum.</summary>
    public ushort FromPartial { get; }

    /// <summary>The field, as captured.</summary>
    public ushort Field { get; }
}
