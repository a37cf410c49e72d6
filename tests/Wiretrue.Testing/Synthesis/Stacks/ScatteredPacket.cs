using Wiretrue.Packets;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>Lays bytes out in a packet as they come from anywhere: in one piece, in fragments, or with a fragment list, split at random.</summary>
public static class ScatteredPacket
{
    /// <summary>The frame's bytes in a packet of <paramref name="pool"/>.</summary>
    /// <param name="pool">Who lends it.</param>
    /// <param name="random">Where it is split.</param>
    /// <param name="frame">Its bytes.</param>
    /// <param name="headers">How many of them must be in the linear area.</param>
    /// <param name="state">What is owed.</param>
    public static Packet Rent(PacketPool pool, Random random, byte[] frame, int headers, in OffloadState state)
    {
        if (random.Next(3) == 0)
            return pool.Rent(frame, state);
        int linear = random.Next(2) == 0 ? headers : random.Next(headers, frame.Length + 1);
        Packet packet = pool.Rent(frame.AsSpan(0, linear), state);
        int offset = linear;
        int fragments = random.Next(1, Packet.MaxFragments + 1);
        for (int i = 0; i < fragments && offset < frame.Length; i++)
            offset += AddFragment(pool, random, packet, frame, offset);
        while (offset < frame.Length)
        {
            Packet next = pool.Rent(frame.AsSpan(offset, random.Next(0, Math.Min(2000, frame.Length - offset) + 1)), default);
            offset += next.Length;
            if (offset < frame.Length)
                offset += AddFragment(pool, random, next, frame, offset);
            packet.AddToFragmentList(next);
        }
        return packet;
    }

    /// <summary>Bytes for a fragment list: the first of them linear, the others in fragments.</summary>
    public static Packet Rent(PacketPool pool, Random random, byte[] bytes, int linear)
    {
        Packet packet = pool.Rent(bytes.AsSpan(0, linear), default);
        for (int offset = linear; offset < bytes.Length && packet.Fragments.Length < Packet.MaxFragments - 1;)
            offset += AddFragment(pool, random, packet, bytes, offset);
        if (packet.Length < bytes.Length)
            AddFragment(pool, packet, bytes, packet.Length, bytes.Length - packet.Length, 0);
        return packet;
    }

    private static int AddFragment(PacketPool pool, Random random, Packet packet, byte[] frame, int offset)
    {
        int length = random.Next(0, Math.Min(3000, frame.Length - offset) + 1);
        AddFragment(pool, packet, frame, offset, length, before: random.Next(0, 5));
        return length;
    }

    private static void AddFragment(PacketPool pool, Packet packet, byte[] frame, int offset, int length, int before)
    {
        Page page = pool.RentPage(before + length);
        frame.AsSpan(offset, length).CopyTo(page.Bytes.AsSpan(before));
        packet.AddFragment(page, before, length);
        pool.Release(page);
    }
}
