using System.Buffers.Binary;
using System.Net;

namespace Wiretrue.Testing.Synthesis;

/// <summary>What an IPv4 header should say (RFC 791).</summary>
public sealed record IPv4Fields : IPFields
{
    /// <inheritdoc/>
    public override IPAddress Source { get; init; } = IPAddress.Parse("192.0.2.1");

    /// <inheritdoc/>
    public override IPAddress Destination { get; init; } = IPAddress.Parse("192.0.2.2");

    /// <summary>Identification.</summary>
    public ushort Id { get; init; } = 1;

    /// <summary>Don't Fragment.</summary>
    public bool DontFragment { get; init; } = true;

    /// <summary>More Fragments.</summary>
    public bool MoreFragments { get; init; }

    /// <summary>Where this fragment belongs, in units of 8 bytes.</summary>
    public ushort FragmentOffset { get; init; }

    /// <summary>Options; a multiple of 4 bytes, at most 40.</summary>
    public byte[] Options { get; init; } = [];

    /// <summary>What the header checksum field shows: good, zero or bad.</summary>
    public FieldChecksum HeaderChecksum { get; init; }

    /// <inheritdoc/>
    public override ushort EtherType => 0x0800;

    /// <inheritdoc/>
    public override int HeaderLength => 20 + Options.Length;

    /// <inheritdoc/>
    public override byte[] Wrap(byte protocol, ReadOnlySpan<byte> payload)
    {
        byte[] packet = new byte[HeaderLength + payload.Length];
        packet[0] = (byte)(0x40 | (HeaderLength / 4));
        packet[1] = TrafficClass;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), LengthField ?? (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), Id);
        int fragment = (DontFragment ? 0x4000 : 0) | (MoreFragments ? 0x2000 : 0) | FragmentOffset;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), (ushort)fragment);
        packet[8] = HopLimit;
        packet[9] = protocol;
        Source.TryWriteBytes(packet.AsSpan(12), out _);
        Destination.TryWriteBytes(packet.AsSpan(16), out _);
        Options.CopyTo(packet, 20);
        ushort checksum = HeaderChecksum switch
        {
            FieldChecksum.Zero => 0,
            FieldChecksum.Bad => (ushort)(PlainSum.Checksum(packet.AsSpan(0, HeaderLength)) ^ 0x0F0F),
            _ => PlainSum.Checksum(packet.AsSpan(0, HeaderLength)),
        };
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), checksum);
        payload.CopyTo(packet.AsSpan(HeaderLength));
        return packet;
    }
}
