using System.Text;
using Wiretrue.Captures.Formats.Indexing;
using Wiretrue.Packets;

namespace Wiretrue.Captures.Formats;

/// <summary>
/// How a super-frame in a pcapng is to be cut, as a comment of its packet (<c>opt_comment</c>): what <c>epb_flags</c> has no room for.
/// </summary>
/// <remarks>
/// For people and for programs, in the kernel's words: <c>wiretrue: merged, gso_type tcpv4|udp_tunnel_csum, gso_size 1448, gso_segs 44</c>.
/// It is a hint that anybody may have written, so who reads it looks at the packet as well.
/// </remarks>
/// <param name="Type">How it is cut (<c>gso_type</c>).</param>
/// <param name="Size">Payload bytes per segment (<c>gso_size</c>), 1 or more.</param>
/// <param name="Segments">Frames that it stands for (<c>gso_segs</c>), 1 or more.</param>
public readonly record struct SegmentationNote(GsoType Type, int Size, int Segments)
{
    /// <summary>Bytes that no note is longer than.</summary>
    public const int MaxLength = 192;

    private const int LargestNumber = 1 << 20;

    private static readonly (GsoType Type, byte[] Word)[] Names =
    [
        (GsoType.TcpV4, "tcpv4"u8.ToArray()),
        (GsoType.TcpV6, "tcpv6"u8.ToArray()),
        (GsoType.UdpL4, "udp_l4"u8.ToArray()),
        (GsoType.TcpEcn, "tcp_ecn"u8.ToArray()),
        (GsoType.TcpAccurateEcn, "tcp_accecn"u8.ToArray()),
        (GsoType.TcpFixedId, "tcp_fixedid"u8.ToArray()),
        (GsoType.TcpFixedIdInner, "tcp_fixedid_inner"u8.ToArray()),
        (GsoType.UdpTunnel, "udp_tunnel"u8.ToArray()),
        (GsoType.UdpTunnelChecksum, "udp_tunnel_csum"u8.ToArray()),
        (GsoType.TunnelRemoteChecksum, "tunnel_remcsum"u8.ToArray()),
        (GsoType.Gre, "gre"u8.ToArray()),
        (GsoType.GreChecksum, "gre_csum"u8.ToArray()),
        (GsoType.IPXIP4, "ipxip4"u8.ToArray()),
        (GsoType.IPXIP6, "ipxip6"u8.ToArray()),
    ];

    private static ReadOnlySpan<byte> Lead => "wiretrue: merged, gso_type "u8;

    private static ReadOnlySpan<byte> BeforeSize => ", gso_size "u8;

    private static ReadOnlySpan<byte> BeforeSegments => ", gso_segs "u8;

    /// <summary>The types that a note can name; a super-frame of any other has none.</summary>
    public static GsoType Nameable { get; } = Names.Aggregate(GsoType.None, (all, each) => all | each.Type);

    /// <summary>Whether a comment begins as a note does.</summary>
    public static bool IsOne(ReadOnlySpan<byte> comment) => comment.StartsWith(Lead);

    /// <summary>Reads a comment; false for one that is no note, or says what cannot be.</summary>
    public static bool TryParse(ReadOnlySpan<byte> comment, out SegmentationNote note)
    {
        note = default;
        if (!IsOne(comment) || !TryReadTypes(comment[Lead.Length..], out GsoType type, out ReadOnlySpan<byte> rest)
            || !TryReadNumber(ref rest, BeforeSize, out int size) || !TryReadNumber(ref rest, BeforeSegments, out int segments) || !rest.IsEmpty)
        {
            return false;
        }
        note = new SegmentationNote(type, size, segments);
        return true;
    }

    /// <summary>Finds the note of a captured packet; false when it has none that can be.</summary>
    /// <param name="buffer">The window's buffer.</param>
    /// <param name="record">The packet's record.</param>
    /// <param name="note">What it says.</param>
    public static bool TryRead(ReadOnlySpan<byte> buffer, in CaptureRecord record, out SegmentationNote note)
    {
        note = default;
        // Whoever merged said as well that the checksum is not ready: no other packet's options need be looked at.
        if ((record.Flags & PacketFlags.ChecksumNotReady) == 0 || record.OptionsOffset == 0)
            return false;
        var options = new BlockOptions(buffer[record.OptionsOffset..(record.BlockEnd - PcapNgIndex.TrailerLength)], record.BigEndian);
        while (options.MoveNext())
        {
            if (options.Code == OptionCode.Comment && TryParse(options.Value, out note))
                return true;
        }
        return false;
    }

    /// <summary>Writes the note as UTF-8.</summary>
    /// <param name="to">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public int Write(Span<byte> to)
    {
        int at = Put(to, 0, Lead);
        bool first = true;
        foreach ((GsoType type, byte[] word) in Names)
        {
            if ((Type & type) == 0)
                continue;
            if (!first)
                to[at++] = (byte)'|';
            first = false;
            at = Put(to, at, word);
        }
        at = PutNumber(to, Put(to, at, BeforeSize), Size);
        return PutNumber(to, Put(to, at, BeforeSegments), Segments);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.UTF8.GetString(text[..Write(text)]);
    }

    private static bool TryReadTypes(ReadOnlySpan<byte> from, out GsoType type, out ReadOnlySpan<byte> rest)
    {
        type = GsoType.None;
        int end = from.IndexOf((byte)',');
        rest = end < 0 ? default : from[end..];
        if (end <= 0)
            return false;
        ReadOnlySpan<byte> words = from[..end];
        while (true)
        {
            int bar = words.IndexOf((byte)'|');
            GsoType named = TypeOf(bar < 0 ? words : words[..bar]);
            if (named == GsoType.None)
                return false;
            type |= named;
            if (bar < 0)
                return true;
            words = words[(bar + 1)..];
        }
    }

    private static GsoType TypeOf(ReadOnlySpan<byte> word)
    {
        foreach ((GsoType type, byte[] name) in Names)
        {
            if (word.SequenceEqual(name))
                return type;
        }
        return GsoType.None;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> before, out int number)
    {
        number = 0;
        if (!rest.StartsWith(before))
            return false;
        rest = rest[before.Length..];
        while (!rest.IsEmpty && rest[0] is >= (byte)'0' and <= (byte)'9' && number <= LargestNumber)
        {
            number = (number * 10) + rest[0] - '0';
            rest = rest[1..];
        }
        return number is > 0 and <= LargestNumber;
    }

    private static int Put(Span<byte> to, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to[at..]);
        return at + bytes.Length;
    }

    private static int PutNumber(Span<byte> to, int at, int number)
    {
        number.TryFormat(to[at..], out int written, provider: System.Globalization.CultureInfo.InvariantCulture);
        return at + written;
    }
}
