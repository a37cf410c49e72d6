using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>A UDP-Lite header (RFC 3828).</summary>
/// <param name="Coverage">What it says of the coverage: 0 for all, or 8 bytes at least; no more than there are.</param>
public sealed record PlainUdpLite(int Coverage) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => 8;

    /// <inheritdoc/>
    public override byte Protocol => 136;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        byte[] datagram = Join([0x9C, 0x40, 0x13, 0x89, 0, 0, 0, 0], content);
        int coverage = Math.Min(Coverage, datagram.Length);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)coverage);
        ushort checksum = PlainSum.Checksum(
            datagram.AsSpan(0, coverage == 0 ? datagram.Length : coverage), place.Network!.PseudoSum(136, datagram.Length));
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(6), checksum == 0 ? (ushort)0xFFFF : checksum);
        return datagram;
    }
}
