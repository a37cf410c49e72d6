using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>An SCTP common header (RFC 9260 3.1). A super-frame's checksum field is zero.</summary>
/// <param name="Tag">The verification tag.</param>
public sealed record PlainSctp(uint Tag) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => 12;

    /// <inheritdoc/>
    public override byte Protocol => 132;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        byte[] packet = Join(new byte[Length], content);
        BinaryPrimitives.WriteUInt16BigEndian(packet, 40000);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), 38412);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), Tag);
        if (place.Segment is not null)
            BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(8), PlainSum.Crc32C(packet));
        return packet;
    }
}
