using System.Buffers.Binary;

namespace Wiretrue.Headers;

/// <summary>The options that decide how a TCP flow's packets look (<c>struct tcp_options_received</c>, linux/tcp.h).</summary>
/// <param name="MaximumSegmentSize">MSS from a SYN, in bytes of segment data with options left out of account; 0 when absent.</param>
/// <param name="WindowScale">Window scale from a SYN, 0 to 14 when it is legal; -1 when absent.</param>
/// <param name="IsSackPermitted">SACK permitted, from a SYN.</param>
/// <param name="HasTimestamps">There is a timestamps option.</param>
/// <param name="TimestampValue">Its TSval.</param>
/// <param name="TimestampEcho">Its TSecr.</param>
/// <remarks>RFC 9293 3.2, RFC 7323, RFC 2018.</remarks>
public readonly record struct TcpOptions(
    ushort MaximumSegmentSize, sbyte WindowScale, bool IsSackPermitted, bool HasTimestamps, uint TimestampValue, uint TimestampEcho)
{
    /// <summary>No option at all.</summary>
    public static readonly TcpOptions None = new(0, -1, false, false, 0, 0);

    /// <summary>Reads <paramref name="options"/>, the bytes after a TCP header's first 20; reading ends at the first malformed option.</summary>
    public static TcpOptions Parse(ReadOnlySpan<byte> options)
    {
        TcpOptions result = None;
        var reader = new TcpOptionReader(options);
        while (reader.MoveNext())
        {
            ReadOnlySpan<byte> data = reader.Data;
            result = (reader.Kind, data.Length) switch
            {
                (TcpOptionKind.MaximumSegmentSize, 2) => result with { MaximumSegmentSize = BinaryPrimitives.ReadUInt16BigEndian(data) },
                (TcpOptionKind.WindowScale, 1) => result with { WindowScale = (sbyte)(data[0] & 0x7F) },
                (TcpOptionKind.SackPermitted, 0) => result with { IsSackPermitted = true },
                (TcpOptionKind.Timestamps, 8) => result with
                {
                    HasTimestamps = true,
                    TimestampValue = BinaryPrimitives.ReadUInt32BigEndian(data),
                    TimestampEcho = BinaryPrimitives.ReadUInt32BigEndian(data[4..]),
                },
                _ => result,
            };
        }
        return result;
    }
}
