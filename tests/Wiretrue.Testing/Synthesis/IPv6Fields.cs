using System.Buffers.Binary;
using System.Net;

namespace Wiretrue.Testing.Synthesis;

/// <summary>What an IPv6 header and its extension headers should say (RFC 8200).</summary>
public sealed record IPv6Fields : IPFields
{
    /// <inheritdoc/>
    public override IPAddress Source { get; init; } = IPAddress.Parse("2001:db8::1");

    /// <inheritdoc/>
    public override IPAddress Destination { get; init; } = IPAddress.Parse("2001:db8::2");

    /// <summary>Flow label, 20 bits.</summary>
    public int FlowLabel { get; init; }

    /// <summary>
    /// The extension headers in order, each its number and its bytes; the first byte of each (next header) is filled in.
    /// </summary>
    public IReadOnlyList<(byte Number, byte[] Bytes)> Extensions { get; init; } = [];

    /// <summary>The source that the pseudo-header counts instead, where an extension header says so.</summary>
    public IPAddress? PseudoSource { get; init; }

    /// <summary>The destination that the pseudo-header counts instead, where an extension header says so.</summary>
    public IPAddress? PseudoDestination { get; init; }

    /// <inheritdoc/>
    public override ushort EtherType => 0x86DD;

    /// <inheritdoc/>
    public override int HeaderLength => 40 + Extensions.Sum(e => e.Bytes.Length);

    /// <inheritdoc/>
    public override byte[] Wrap(byte protocol, ReadOnlySpan<byte> payload)
    {
        byte[] packet = new byte[HeaderLength + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(packet, 0x60000000 | (uint)TrafficClass << 20 | (uint)FlowLabel);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), LengthField ?? (ushort)(packet.Length - 40));
        packet[7] = HopLimit;
        Source.TryWriteBytes(packet.AsSpan(8), out _);
        Destination.TryWriteBytes(packet.AsSpan(24), out _);
        int nextHeader = 6;
        int offset = 40;
        foreach ((byte number, byte[] bytes) in Extensions)
        {
            packet[nextHeader] = number;
            bytes.CopyTo(packet, offset);
            nextHeader = offset;
            offset += bytes.Length;
        }
        packet[nextHeader] = protocol;
        payload.CopyTo(packet.AsSpan(offset));
        return packet;
    }

    /// <inheritdoc/>
    public override ushort PseudoSum(byte protocol, int length) =>
        PseudoSource is null && PseudoDestination is null
            ? base.PseudoSum(protocol, length)
            : (this with
            {
                Source = PseudoSource ?? Source,
                Destination = PseudoDestination ?? Destination,
                PseudoSource = null,
                PseudoDestination = null,
            }).PseudoSum(protocol, length);
}
