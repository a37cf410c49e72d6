using Wiretrue.Packets;

namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>A super-frame that is cut where its fragment list says: by no size, but each packet of the list is a segment.</summary>
/// <param name="Frame">The headers, and all parts as the payload.</param>
/// <param name="Parts">What each segment carries.</param>
/// <param name="Head">How many of the parts lie in the packet itself, behind the headers: none, or the first.</param>
public sealed record PlainListFrame(PlainFrame Frame, IReadOnlyList<byte[]> Parts, int Head)
{
    /// <summary>Random SCTP data chunks (RFC 9260 3.3.1) behind these headers, one for each segment.</summary>
    public static PlainListFrame NextSctp(Random random, PlainFrame headers)
    {
        byte[][] parts = [.. Enumerable.Range(0, random.Next(2, 20)).Select(_ => NextChunk(random))];
        return new PlainListFrame(headers with { Payload = [.. parts.SelectMany(part => part)] }, parts, random.Next(2));
    }

    /// <summary>The packet: headers linear, and the list's packets in pieces.</summary>
    public Packet Rent(PacketPool pool, Random random)
    {
        byte[] bytes = Frame.Build();
        int linear = Frame.HeaderLength + Parts.Take(Head).Sum(part => part.Length);
        Packet packet = pool.Rent(bytes.AsSpan(0, linear), Frame.Offload(0));
        foreach (byte[] part in Parts.Skip(Head))
            packet.AddToFragmentList(ScatteredPacket.Rent(pool, random, part, random.Next(part.Length + 1)));
        return packet;
    }

    /// <summary>The segments.</summary>
    public IEnumerable<byte[]> Segments()
    {
        int offset = 0;
        for (int i = 0; i < Parts.Count; i++)
        {
            yield return Frame.Build(Parts[i], new SegmentPlace(i, offset, i == Parts.Count - 1));
            offset += Parts[i].Length;
        }
    }

    private static byte[] NextChunk(Random random)
    {
        int length = random.Next(17, 1500);
        byte[] chunk = new byte[(length + 3) & ~3];
        random.NextBytes(chunk.AsSpan(4, length - 4));
        chunk[0] = 0;
        chunk[1] = 3;
        chunk[2] = (byte)(length >> 8);
        chunk[3] = (byte)length;
        return chunk;
    }
}
