using Wiretrue.Headers;

namespace Wiretrue.Receive.Coalescing;

/// <summary>An Ethernet frame in a tunnel (<c>eth_gro_receive</c>, net/ethernet/eth.c): addresses and type make a flow.</summary>
internal static class InnerFrameCoalescing
{
    /// <inheritdoc cref="Arrival"/>
    public static HeldPacket? Receive(ref Arrival arrival)
    {
        if (!arrival.TryEnter() || !arrival.TryPeek(EthernetHeader.Size, out ReadOnlySpan<byte> header)
            || !EthernetHeader.TryCreate(header, out EthernetHeader ethernet))
        {
            return arrival.Pass();
        }
        arrival.KeepEqual(EthernetHeader.Size);
        arrival.Advance(EthernetHeader.Size);
        return EtherTypeCoalescing.Receive(ref arrival, ethernet.EtherType);
    }

    /// <inheritdoc cref="Completion"/>
    public static void Complete(ref Completion completion, int offset)
    {
        if (EthernetHeader.TryCreate(completion.Bytes[offset..], out EthernetHeader ethernet))
            EtherTypeCoalescing.Complete(ref completion, ethernet.EtherType, offset + EthernetHeader.Size);
    }
}
