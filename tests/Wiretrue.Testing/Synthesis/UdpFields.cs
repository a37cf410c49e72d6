namespace Wiretrue.Testing.Synthesis;

/// <summary>What a UDP header should say (RFC 768).</summary>
public sealed record UdpFields
{
    /// <summary>Source port.</summary>
    public ushort SourcePort { get; init; } = 40000;

    /// <summary>Destination port.</summary>
    public ushort DestinationPort { get; init; } = 5001;

    /// <summary>The length field to write instead of the true one.</summary>
    public ushort? LengthField { get; init; }

    /// <summary>What the checksum field shows.</summary>
    public FieldChecksum Checksum { get; init; }
}
