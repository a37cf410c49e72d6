using Wiretrue.Headers;

namespace Wiretrue.Receive.Coalescing;

/// <summary>
/// Geneve (<c>geneve_gro_receive</c>, <c>geneve_gro_complete</c>, drivers/net/geneve.c): all of the header makes a flow, its options included;
/// control packets are none.
/// </summary>
internal static class GeneveCoalescing
{
    /// <inheritdoc cref="Arrival"/>
    public static HeldPacket? Receive(ref Arrival arrival)
    {
        if (!arrival.TryPeek(GeneveHeader.MinimumSize, out ReadOnlySpan<byte> bytes)
            || !arrival.TryPeek(GeneveHeader.MinimumSize + OptionsOf(bytes), out bytes)
            || !GeneveHeader.TryCreate(bytes, out GeneveHeader header) || header.IsControl)
        {
            return arrival.Pass();
        }
        arrival.KeepEqual(bytes.Length);
        arrival.Advance(bytes.Length);
        return EtherTypeCoalescing.Receive(ref arrival, header.EtherType);
    }

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion, int offset)
    {
        if (GeneveHeader.TryCreate(completion.Bytes[offset..], out GeneveHeader header))
            EtherTypeCoalescing.Complete(ref completion, header.EtherType, offset + header.HeaderLength);
    }

    private static int OptionsOf(ReadOnlySpan<byte> header) => (header[0] & 0x3F) << 2;
}
