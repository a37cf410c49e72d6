using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>A flow of TCP or UDP, packet by packet, with here and there one that is not as the others are.</summary>
/// <param name="random">What all is drawn from.</param>
/// <param name="first">The first packet.</param>
/// <param name="calm">One packet of so many is disturbed.</param>
internal sealed class Flow(Random random, Draft first, int calm)
{
    private readonly Identifications _identifications = new(random);
    private readonly byte[] _payload = first.Payload;
    private Draft _next = first;

    /// <summary>A flow that no other is like.</summary>
    public static Flow Next(Random random, bool isTcp, bool isIPv6, int number) => Next(random, isTcp, isIPv6, number, random.Next(4) switch
    {
        0 => random.Next(1, 32),
        1 or 2 => random.Next(32, 300),
        _ => random.Next(6) == 0 ? random.Next(1000, 9000) : 1448,
    });

    /// <summary>As <see cref="Next(Random, bool, bool, int)"/>, with so many bytes in each packet.</summary>
    public static Flow Next(Random random, bool isTcp, bool isIPv6, int number, int size)
    {
        byte trafficClass = (byte)(random.Next(2) == 0 ? 0 : random.Next(256));
        IPFields ip = isIPv6
            ? new IPv6Fields
            {
                TrafficClass = trafficClass,
                FlowLabel = random.Next(1 << 20),
                Extensions = random.Next(4) == 0 ? IPDisturbances.NextExtensions(random) : [],
            }
            : new IPv4Fields
            {
                TrafficClass = trafficClass,
                Id = random.Next(3) == 0 ? (ushort)(65530 + random.Next(6)) : (ushort)random.Next(65536),
                DontFragment = random.Next(3) != 0,
                Options = random.Next(12) == 0 ? [1, 1, 1, 1] : [],
            };
        var draft = new Draft { IP = ip, Payload = TransportDisturbances.NextPayload(random, size) };
        if (isTcp)
        {
            draft.Tcp = new TcpFields
            {
                SourcePort = (ushort)(40000 + number),
                Sequence = random.Next(4) == 0 ? uint.MaxValue - (uint)random.Next(20000) : (uint)random.NextInt64(1L << 32),
                Flags = (ushort)(TcpFields.Ack | (random.Next(8) == 0 ? TcpFields.Ece : 0)),
                Options = TransportDisturbances.NextOptions(random),
            };
        }
        else
        {
            draft.Udp = new UdpFields
            {
                SourcePort = (ushort)(40000 + number),
                Checksum = random.Next(8) == 0 ? FieldChecksum.Zero : FieldChecksum.Good,
            };
        }
        return new Flow(random, draft, calm: random.Next(4) switch { 0 => int.MaxValue, 1 => 40, _ => 8 });
    }

    /// <summary>The next packet.</summary>
    public byte[] NextPacket()
    {
        Draft usual = _next with { Payload = TransportDisturbances.NextPayload(random, _next.Payload.Length) };
        Draft sent = usual with { };
        if (random.Next(calm) == 0)
        {
            if (random.Next(2) == 0)
                IPDisturbances.Disturb(random, sent);
            else
                TransportDisturbances.Disturb(random, sent);
        }
        // What was different stays so, or was so once; what was not sent is missing, or was never there.
        _next = Following(random.Next(4) == 0 ? sent with { Trailer = [] } : usual, random.Next(4) == 0 ? usual : sent);
        return sent.Build();
    }

    private Draft Following(Draft draft, Draft counted)
    {
        Draft next = draft with { IP = _identifications.After(draft.IP) };
        if (next.Payload.Length == 0)
            next.Payload = _payload;
        if (next.Tcp is { } tcp)
            next.Tcp = tcp with { Sequence = (counted.Tcp ?? tcp).Sequence + (uint)counted.Payload.Length };
        return next;
    }
}
