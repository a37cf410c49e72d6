using System.Buffers.Binary;
using Wiretrue.Testing.Synthesis;
using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Tests.Tunnels;

/// <summary>A transport that nobody knows, with an Internet checksum over itself, what follows, and a number that both ends know.</summary>
/// <param name="Field">Where the checksum is: an even number, or it would not add up to anything.</param>
/// <param name="Seed">The number, in the place of a pseudo-header.</param>
internal sealed record PlainSummed(int Field, ushort Seed) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => Field + 2;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        byte[] bytes = Join(new byte[Length], content);
        Span<byte> field = bytes.AsSpan(Field, 2);
        BinaryPrimitives.WriteUInt16BigEndian(field, Seed);
        if (place.Segment is not null && !place.IsRemoteChecksum)
            BinaryPrimitives.WriteUInt16BigEndian(field, PlainSum.Checksum(bytes));
        return bytes;
    }
}
