using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Testing.Synthesis.Flows;

/// <summary>The frames of one flow, one after the other: the segments of a super-frame, some of them unlike the others.</summary>
/// <param name="number">Its number, for <see cref="FlowFrame.Flow"/>.</param>
/// <param name="frame">The headers, and all of the payload.</param>
/// <param name="size">Payload of a common segment, in bytes.</param>
/// <param name="random">What is unlike.</param>
public sealed class PlainFlow(int number, PlainFrame frame, int size, Random random)
{
    private IReadOnlyList<PlainHeader> _headers = frame.Headers;
    private int _offset;
    private int _index;

    /// <summary>
    /// Two frames that follow one another must not have the same identification: those of datagrams, and of listed packets, are made to count on
    /// when they are cut, as nothing says of a super-frame that they did not.
    /// </summary>
    public bool MustCount { get; init; } = frame.Transport is PlainUdp && frame.Headers.Any(header => header is PlainIP { Fields: IPv4Fields });

    /// <summary>All of the payload was sent.</summary>
    public bool IsOver => _offset >= frame.Payload.Length;

    /// <summary>The headers and the payload, for a failing test to print.</summary>
    public override string ToString() => $"flow {number}: {frame}, by {size}";

    /// <summary>The next frame, as it follows the one before.</summary>
    public FlowFrame Next() => new(number, Take(_headers, size));

    /// <summary>The next frame, which differs in something that a receiver must look at, for itself or from here on.</summary>
    public FlowFrame NextUnlike()
    {
        IReadOnlyList<PlainHeader> changed = FlowChange.Of(_headers, random, MustCount);
        switch (random.Next(5))
        {
            case 0:
                _headers = changed;
                return Next();
            case 1:
                return new FlowFrame(number, Take(_headers, random.Next(1, (2 * size) + 1)));
            case 2:
                // Padding, of zeros or not, that the lengths do not count.
                byte[] padding = new byte[random.Next(1, 7)];
                padding.AsSpan().Fill((byte)random.Next(2));
                return new FlowFrame(OvertakesWhenPadded ? ~number : number, [.. Take(_headers, size), .. padding]);
            default:
                return new FlowFrame(number, Take(changed, size));
        }
    }

    /// <summary>
    /// The next frame, broken: its transport's checksum is wrong. Who merges does not look any further, so it overtakes what is held of its
    /// flow, in Linux as well: it counts as a flow of its own.
    /// </summary>
    public FlowFrame NextBroken()
    {
        byte[] bytes = Take(_headers, size);
        bytes[^1] ^= 0x5A;
        return new FlowFrame(~number, bytes);
    }

    /// <summary>
    /// A frame longer than its IP header says is merged with none, and where a UDP checksum would have to be verified first, Linux does not
    /// even find out which flow it is of.
    /// </summary>
    private bool OvertakesWhenPadded => frame.Transport is PlainUdp || frame.Headers.Any(header => header is PlainUdp { HasChecksum: true });

    private byte[] Take(IReadOnlyList<PlainHeader> headers, int length)
    {
        int end = Math.Min(frame.Payload.Length, _offset + length);
        byte[] part = frame.Payload[_offset..end];
        byte[] bytes = new PlainFrame(headers, []).Build(part, new SegmentPlace(_index, _offset, end == frame.Payload.Length));
        _offset = end;
        _index++;
        return bytes;
    }
}
