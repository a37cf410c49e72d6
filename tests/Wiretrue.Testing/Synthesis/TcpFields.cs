namespace Wiretrue.Testing.Synthesis;

/// <summary>What a TCP header should say (RFC 9293).</summary>
public sealed record TcpFields
{
    /// <summary>The flags by their bits.</summary>
    public const ushort Fin = 0x01, Syn = 0x02, Rst = 0x04, Psh = 0x08, Ack = 0x10, Urg = 0x20, Ece = 0x40, Cwr = 0x80, Ae = 0x100;

    /// <summary>The timestamps option, padded to 12 bytes (RFC 7323).</summary>
    public static byte[] Timestamps { get; } = [1, 1, 8, 10, 0, 0, 1, 2, 0, 0, 3, 4];

    /// <summary>Source port.</summary>
    public ushort SourcePort { get; init; } = 40000;

    /// <summary>Destination port.</summary>
    public ushort DestinationPort { get; init; } = 5001;

    /// <summary>Sequence number.</summary>
    public uint Sequence { get; init; } = 1000;

    /// <summary>Acknowledgment number.</summary>
    public uint Acknowledgment { get; init; } = 2000;

    /// <summary>Flags, with the accurate ECN bit as 0x100.</summary>
    public ushort Flags { get; init; } = Ack;

    /// <summary>Window.</summary>
    public ushort Window { get; init; } = 1000;

    /// <summary>Urgent pointer.</summary>
    public ushort UrgentPointer { get; init; }

    /// <summary>Options; a multiple of 4 bytes, at most 40.</summary>
    public byte[] Options { get; init; } = [];

    /// <summary>What the checksum field shows.</summary>
    public FieldChecksum Checksum { get; init; }

    /// <summary>The maximum segment size option of a SYN (RFC 9293 3.7.1).</summary>
    public static byte[] MaximumSegmentSize(ushort mss) => [2, 4, (byte)(mss >> 8), (byte)mss];
}
