using Wiretrue.Packets;

namespace Wiretrue.Tests.Receive.Coalescing;

/// <summary>Lays a frame out in a packet as drivers do: in one piece, or the headers alone and the rest in a page.</summary>
internal static class ReceivedPacket
{
    /// <summary>The frame's bytes; nothing was verified of them.</summary>
    public static Packet Rent(PacketPool pool, Random random, byte[] frame)
    {
        int linear = random.Next(4) switch
        {
            0 => Math.Min(14, frame.Length),
            1 => random.Next(Math.Min(14, frame.Length), frame.Length + 1),
            _ => frame.Length,
        };
        Packet packet = pool.Rent(frame.AsSpan(0, linear), default);
        if (linear == frame.Length)
            return packet;
        int middle = random.Next(2) == 0 ? frame.Length : random.Next(linear, frame.Length + 1);
        Add(pool, packet, frame.AsSpan(linear, middle - linear));
        Add(pool, packet, frame.AsSpan(middle));
        return packet;
    }

    private static void Add(PacketPool pool, Packet packet, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        Page page = pool.RentPage(bytes.Length);
        bytes.CopyTo(page.Bytes);
        packet.AddFragment(page, 0, bytes.Length);
        pool.Release(page);
    }
}
