namespace Wiretrue.Testing.Synthesis.Stacks;

/// <summary>
/// A super-frame with any headers, outermost first, and the segments that it stands for, both by plain code:
/// <c>new PlainFrame([new PlainEthernet(), new PlainIP(new IPv4Fields()), new PlainTcp(new TcpFields())], payload)</c>.
/// </summary>
/// <param name="Headers">The headers; the last is the transport's.</param>
/// <param name="Payload">What they carry.</param>
public sealed record PlainFrame(IReadOnlyList<PlainHeader> Headers, byte[] Payload)
{
    /// <summary>Bytes of all headers.</summary>
    public int HeaderLength => OffsetOf(Headers.Count);

    /// <summary>Where the transport header begins.</summary>
    public int TransportOffset => OffsetOf(Headers.Count - 1);

    /// <summary>The innermost header.</summary>
    public PlainHeader Transport => Headers[^1];

    /// <summary>The innermost checksum is left to the receiver.</summary>
    public bool HasRemoteChecksum => Headers.Any(h => h is PlainVxlan { HasRemoteChecksum: true } or PlainGue { HasRemoteChecksum: true });

    /// <summary>Where the header at <paramref name="index"/> begins.</summary>
    public int OffsetOf(int index) => Headers.Take(index).Sum(h => h.Length);

    /// <summary>The super-frame, checksums owed.</summary>
    public byte[] Build() => Build(Payload, null);

    /// <summary>The segments of <paramref name="size"/> bytes of payload, the last with what is left, all checksums done.</summary>
    public IEnumerable<byte[]> Segments(int size)
    {
        int count = Math.Max(1, (Payload.Length + size - 1) / size);
        for (int i = 0; i < count; i++)
        {
            int offset = i * size;
            yield return Build(Payload[offset..Math.Min(Payload.Length, offset + size)], new SegmentPlace(i, offset, i == count - 1));
        }
    }

    /// <summary>One frame with these headers around <paramref name="payload"/>.</summary>
    public byte[] Build(byte[] payload, SegmentPlace? segment)
    {
        byte[] bytes = payload;
        int toTransport = -Headers[^1].Length;
        for (int i = Headers.Count - 1; i >= 0; i--)
        {
            var place = new HeaderPlace
            {
                Network = Headers.Take(i).OfType<PlainIP>().LastOrDefault()?.Fields,
                Inside = i + 1 < Headers.Count ? Headers[i + 1] : null,
                Segment = segment,
                Transport = Transport,
                ToTransport = toTransport,
                IsRemoteChecksum = HasRemoteChecksum,
            };
            bytes = Headers[i].Wrap(bytes, place);
            toTransport += Headers[i].Length;
        }
        return bytes;
    }

    /// <summary>The headers, each with its length, for a failing test to print.</summary>
    public override string ToString() =>
        $"{string.Join(", ", Headers.Select(h => $"{h.GetType().Name[5..]} {h.Length}"))}, payload {Payload.Length}";
}
