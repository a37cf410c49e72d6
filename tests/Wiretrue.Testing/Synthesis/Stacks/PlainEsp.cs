using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>
/// An ESP header with null encryption and no check value (RFC 4303 2, RFC 2410). A super-frame has no trailer yet; each segment has its own.
/// </summary>
/// <param name="Index">The security parameters index.</param>
/// <param name="Sequence">The first segment's sequence number.</param>
public sealed record PlainEsp(uint Index, uint Sequence) : PlainHeader
{
    /// <inheritdoc/>
    public override int Length => 8;

    /// <inheritdoc/>
    public override byte Protocol => 50;

    /// <inheritdoc/>
    public override byte[] Wrap(byte[] content, HeaderPlace place)
    {
        Span<byte> header = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(header, Index);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], Sequence + (uint)(place.Segment?.Index ?? 0));
        if (place.Segment is null)
            return Join(header, content);
        int padding = -(content.Length + 2) & 3;
        byte[] trailer = [.. Enumerable.Range(1, padding).Select(i => (byte)i), (byte)padding, place.Inside!.Protocol];
        return Join(header, [.. content, .. trailer]);
    }
}
