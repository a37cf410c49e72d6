namespace Wiretrue.Captures.Formats.Indexing;

/// <summary>pcapng's option codes that matter here.</summary>
internal static class OptionCode
{
    /// <summary>Ends the options (<c>opt_endofopt</c>).</summary>
    public const ushort End = 0;

    /// <summary>UTF-8 for people (<c>opt_comment</c>); may come several times.</summary>
    public const ushort Comment = 1;

    /// <summary><c>epb_flags</c>, and <c>pack_flags</c> of the obsolete block.</summary>
    public const ushort PacketFlags = 2;

    /// <summary><c>epb_hash</c>, and <c>pack_hash</c> of the obsolete block.</summary>
    public const ushort PacketHash = 3;

    /// <summary><c>epb_dropcount</c>: packets lost between this and the one before.</summary>
    public const ushort DropCount = 4;

    /// <summary><c>if_tsresol</c>.</summary>
    public const ushort TimestampResolution = 9;

    /// <summary><c>if_fcslen</c>, in bits.</summary>
    public const ushort FcsLength = 13;

    /// <summary><c>if_tsoffset</c>, in seconds.</summary>
    public const ushort TimestampOffset = 14;
}
