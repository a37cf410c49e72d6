using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>The control word of an Ethernet pseudowire, read in place.</summary>
/// <remarks>
/// RFC 4448 4.6.
/// <code>
///   0      4           16                32
///   +------+-----------+-----------------+
///   | 0    | reserved  | sequence number |
///   +------+-----------+-----------------+
/// </code>
/// </remarks>
public readonly ref struct PseudowireControlWord
{
    /// <summary>Bytes of the control word.</summary>
    public const int Size = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private PseudowireControlWord(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Sequence number; 0 when the pseudowire does not count.</summary>
    public ushort Sequence => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>False when <paramref name="bytes"/> are fewer than <see cref="Size"/>, or a bit is set that must be 0.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out PseudowireControlWord header)
    {
        bool fits = bytes.Length >= Size && (bytes[0] | bytes[1]) == 0;
        header = fits ? new PseudowireControlWord(bytes[..Size]) : default;
        return fits;
    }

    /// <summary>A control word, and behind it an Ethernet header that leads to something known.</summary>
    internal static bool IsPlausible(ReadOnlySpan<byte> bytes) =>
        TryCreate(bytes, out _)
        && EthernetHeader.TryCreate(bytes[Size..], out EthernetHeader ethernet)
        && (ethernet.EtherType == EtherType.Arp || EtherTypeDispatch.Next(ethernet.EtherType) != LayerKind.Payload);

    internal static LayerKind Read(ref HeaderCursor cursor) =>
        cursor.TryPeek(LayerKind.PseudowireControlWord, Size, out _) && cursor.Enter(LayerKind.PseudowireControlWord, Size, Size)
            ? LayerKind.Ethernet
            : LayerKind.None;
}
