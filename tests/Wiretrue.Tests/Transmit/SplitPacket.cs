using Wiretrue.Devices;
using Wiretrue.Packets;
using Wiretrue.Tests.Segmentation;
using Wiretrue.Transmit;

namespace Wiretrue.Tests.Transmit;

/// <summary>The same bytes in a packet of so many parts, with odd splits, and what a device is given for it.</summary>
internal static class SplitPacket
{
    /// <summary>What leaves for <paramref name="device"/>, each with what is still owed to it; nothing when the packet was dropped.</summary>
    public static List<(OffloadState State, byte[] Bytes)> Leaving(Packet packet, NetDevice device, out DropReason reason)
    {
        using var ready = new PacketQueue();
        reason = TransmitPath.Validate(packet, device, ready);
        var leaving = new List<(OffloadState, byte[])>();
        for (Packet? left = ready.First; left is not null; left = left.Next)
            leaving.Add((left.Offload, Cutter.Bytes(left)));
        return leaving;
    }

    /// <summary>The first <paramref name="linear"/> bytes in the linear area, and the others in <paramref name="count"/> fragments.</summary>
    public static Packet InFragments(PacketPool pool, ReadOnlySpan<byte> frame, in OffloadState state, int linear, int count)
    {
        Packet packet = pool.Rent(frame[..linear], state);
        foreach ((int start, int length) in Split(linear, frame.Length, count))
        {
            // A page of its own for each, at an odd place.
            byte[] page = new byte[length + 6];
            frame.Slice(start, length).CopyTo(page.AsSpan(3));
            packet.AddFragment(new Page(page), 3, length);
        }
        return packet;
    }

    /// <summary>The first <paramref name="linear"/> bytes in the packet itself, and the others in a list of <paramref name="count"/>.</summary>
    public static Packet InList(PacketPool pool, ReadOnlySpan<byte> frame, in OffloadState state, int linear, int count)
    {
        Packet packet = pool.Rent(frame[..linear], state);
        foreach ((int start, int length) in Split(linear, frame.Length, count))
            packet.AddToFragmentList(pool.Rent(frame.Slice(start, length), default));
        return packet;
    }

    /// <summary>Parts of odd length that grow, so that no two begin alike; the last has what is left.</summary>
    private static IEnumerable<(int Start, int Length)> Split(int start, int end, int count)
    {
        int step = (end - start) / (count * count) * 2;
        for (int i = 0; i < count; i++)
        {
            int length = i == count - 1 ? end - start : Math.Max(1, step * i / 2) | 1;
            yield return (start, length);
            start += length;
        }
    }
}
