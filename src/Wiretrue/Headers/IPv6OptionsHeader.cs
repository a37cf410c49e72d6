using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>Hop-by-hop or destination options, read in place (<c>struct ipv6_opt_hdr</c>, linux/ipv6.h).</summary>
/// <remarks>
/// RFC 8200 4.2, 4.3 and 4.6.
/// <code>
///   0        1        2
///   +--------+--------+----------------------------- - -
///   | next   | len    | options: type, length, data ...
///   +--------+--------+----------------------------- - -
///             8-byte units after the first 8
/// </code>
/// </remarks>
public readonly ref struct IPv6OptionsHeader
{
    /// <summary>Bytes of the smallest options header.</summary>
    public const int MinimumSize = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private IPv6OptionsHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>What follows (<c>nexthdr</c>).</summary>
    public IPProtocol NextHeader => (IPProtocol)_bytes[0];

    /// <summary>Bytes of the header: 8 to 2048, a multiple of 8.</summary>
    public int HeaderLength => _bytes.Length;

    /// <summary>The options one after the other, padding included.</summary>
    public IPv6OptionReader Options => new(_bytes[2..]);

    /// <summary>False when <paramref name="bytes"/> hold less than the header says.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out IPv6OptionsHeader header)
    {
        header = default;
        if (bytes.Length < MinimumSize)
            return false;
        int length = (bytes[1] + 1) << 3;
        if (length > bytes.Length)
            return false;
        header = new IPv6OptionsHeader(bytes[..length]);
        return true;
    }

    /// <summary>The jumbo payload length: bytes after the fixed header, above 65535 when it is legal.</summary>
    /// <remarks>RFC 2675 2. Linux BIG TCP put one before TCP up to version 6.x.</remarks>
    public bool TryGetJumboPayload(out uint length)
    {
        foreach (IPv6Option option in Options)
        {
            if (option.Type == IPv6Option.JumboPayload && option.Data.Length == 4)
            {
                length = BinaryPrimitives.ReadUInt32BigEndian(option.Data);
                return true;
            }
        }
        length = 0;
        return false;
    }

    /// <summary>The mobile node's home address, 16 bytes, which the transport counts as the packet's source.</summary>
    /// <remarks>RFC 6275 6.3.</remarks>
    public bool TryGetHomeAddress(out ReadOnlySpan<byte> address)
    {
        foreach (IPv6Option option in Options)
        {
            if (option.Type == IPv6Option.HomeAddress && option.Data.Length == 16)
            {
                address = option.Data;
                return true;
            }
        }
        address = default;
        return false;
    }

    internal static LayerKind Read(ref HeaderCursor cursor, LayerKind kind)
    {
        if (!cursor.TryPeek(kind, MinimumSize, out ReadOnlySpan<byte> bytes))
            return LayerKind.None;
        return cursor.Enter(kind, MinimumSize, (bytes[1] + 1) << 3)
            ? IPProtocolDispatch.Next((IPProtocol)bytes[0], inIPv6: true)
            : LayerKind.None;
    }
}
