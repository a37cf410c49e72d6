using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Testing.Synthesis.Flows;

/// <summary>Seeded random flows with any headers that Linux merges.</summary>
public sealed class PlainFlowSource(Random random)
{
    private const ushort Special = TcpFields.Urg | TcpFields.Syn | TcpFields.Rst | TcpFields.Cwr;

    private readonly PlainFrameSource _frames = new(random);
    private int _flows;

    /// <summary>
    /// TCP may have identifications that stay the same. Where that is not announced to who cuts, for listed packets, they do not come back.
    /// </summary>
    public bool HasFixedIds { get; init; } = true;

    /// <summary>Now and then TCP has flags that end what is held.</summary>
    public bool HasSpecialFlags { get; init; } = true;

    /// <summary>Flows that were made.</summary>
    public int Count => _flows;

    /// <summary>A flow of at most <paramref name="frames"/> frames, with this many tunnels around it, which is one at most.</summary>
    public PlainFlow Next(int tunnels, int frames)
    {
        int size = random.Next(5) switch
        {
            0 => random.Next(1, 64),
            1 => random.Next(1, 1448),
            2 => random.Next(1448, 4000),
            _ => 1 + random.Next(600),
        };
        byte[] payload = new byte[random.Next(1, (size * frames) + 1)];
        random.NextBytes(payload);
        var frame = new PlainFrame(NextHeaders(tunnels), payload);
        return HasFixedIds
            ? new PlainFlow(_flows++, frame, size, random)
            : new PlainFlow(_flows++, frame, size, random) { MustCount = true };
    }

    /// <summary>Headers that Linux merges.</summary>
    public IReadOnlyList<PlainHeader> NextHeaders(int tunnels)
    {
        IReadOnlyList<PlainHeader> headers;
        do
        {
            headers = WithGreInFou(_frames.NextHeaders(tunnels, NextTransport()));
        }
        while (!MergedStack.Includes(headers) || (!HasFixedIds && headers.Any(header => header is PlainIP { HasFixedId: true })));
        return headers;
    }

    /// <summary>Now and then, what is in FOU or GUE gets a GRE header around it: the two are one tunnel.</summary>
    private List<PlainHeader> WithGreInFou(List<PlainHeader> headers)
    {
        int inside = headers.FindIndex(1, header => header is PlainIP) is int first
            ? headers.FindIndex(first + 1, header => header is PlainIP)
            : -1;
        if (inside > 0 && headers[inside - 1] is PlainUdp { FixedPort: null } or PlainGue && random.Next(2) == 0)
            headers.Insert(inside, new PlainGre(Key: 5));
        return headers;
    }

    /// <summary>UDP, or TCP with flags that most segments have: one with others ends what is held.</summary>
    private PlainHeader NextTransport()
    {
        PlainHeader transport = _frames.NextTransport();
        if (transport is not PlainTcp tcp || (HasSpecialFlags && random.Next(16) == 0))
            return transport;
        return tcp with { Fields = tcp.Fields with { Flags = (ushort)((tcp.Fields.Flags & ~Special) | TcpFields.Ack) }, HasAccurateEcn = false };
    }
}
