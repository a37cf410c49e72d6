using System.Buffers.Binary;

namespace Wiretrue.Testing.Synthesis.Reception;

/// <summary>Puts fragments together, by plain code that shares nothing with the library.</summary>
public static class PlainReassembly
{
    private const int FragmentHeader = 8;

    /// <summary>
    /// The IP packet that the frames carry the fragments of, all of them and in order; throws <see cref="InvalidDataException"/> when they are
    /// not, when they overlap, or when there are gaps.
    /// </summary>
    public static byte[] Join(IReadOnlyList<byte[]> frames)
    {
        PlainFragment[] fragments =
            [.. frames.Select(frame => PlainReceiver.Receive(frame).Fragment ?? throw new InvalidDataException("no fragment"))];
        PlainFragment first = fragments[0];
        var content = new List<byte>();
        for (int i = 0; i < fragments.Length; i++)
        {
            bool isNext = fragments[i].Offset == content.Count && fragments[i].HasMore == (i + 1 < fragments.Length);
            if (!isNext || fragments[i].Identification != first.Identification || fragments[i].Protocol != first.Protocol)
                throw new InvalidDataException($"fragment {i} of {fragments.Length}, after {content.Count} bytes: {fragments[i]}");
            content.AddRange(frames[i].AsSpan(fragments[i].Content));
        }
        return frames[0][first.Network] >> 4 == 4 ? JoinIPv4(frames[0], first, content) : JoinIPv6(frames[0], first, content);
    }

    private static byte[] JoinIPv4(byte[] frame, PlainFragment first, List<byte> content)
    {
        byte[] packet = [.. frame.AsSpan(first.Network..first.Content), .. content];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), checked((ushort)packet.Length));
        packet.AsSpan(6, 2).Clear();
        packet.AsSpan(10, 2).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), PlainSum.Checksum(packet.AsSpan(0, first.Content - first.Network)));
        return packet;
    }

    private static byte[] JoinIPv6(byte[] frame, PlainFragment first, List<byte> content)
    {
        byte[] packet = [.. frame.AsSpan(first.Network..(first.Content - FragmentHeader)), .. content];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), checked((ushort)(packet.Length - 40)));
        packet[first.ProtocolField - first.Network] = first.Protocol;
        return packet;
    }
}
