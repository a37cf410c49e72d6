using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>What can be different about one packet's transport header and payload.</summary>
internal static class TransportDisturbances
{
    private static readonly Action<Random, Draft>[] OfBoth =
    [
        (_, draft) => draft.Payload = [],
        (random, draft) => draft.Payload = NextPayload(random, random.Next(1, draft.Payload.Length + 1)),
        (random, draft) => draft.Payload = NextPayload(random, draft.Payload.Length + 1),
        (random, draft) => draft.Payload = NextPayload(random, draft.Payload.Length + random.Next(1, 200)),
        (random, draft) => draft.Payload = NextPayload(random, Math.Max(0, draft.Payload.Length - 1)),
    ];

    private static readonly Action<Random, Draft, TcpFields>[] OfTcp =
    [
        // Each flag, those reserved as well.
        (random, draft, tcp) => draft.Tcp = tcp with { Flags = (ushort)(tcp.Flags ^ (1 << random.Next(12))) },
        (random, draft, tcp) => draft.Tcp = tcp with { Flags = (ushort)(tcp.Flags ^ (1 << random.Next(12))) },
        (_, draft, tcp) => draft.Tcp = tcp with { Flags = (ushort)(tcp.Flags | TcpFields.Psh) },
        (_, draft, tcp) => draft.Tcp = tcp with { Flags = (ushort)(tcp.Flags | TcpFields.Fin | TcpFields.Psh) },
        (_, draft, tcp) => draft.Tcp = tcp with { Flags = (ushort)(tcp.Flags | TcpFields.Cwr) },
        (_, draft, tcp) => draft.Tcp = tcp with { Flags = (ushort)(tcp.Flags | TcpFields.Ece) },
        (_, draft, tcp) => draft.Tcp = tcp with { Flags = (ushort)(tcp.Flags | TcpFields.Ae) },
        (random, draft, tcp) => draft.Tcp = tcp with { Flags = (ushort)random.Next(0x1000) },
        (random, draft, tcp) => draft.Tcp = tcp with { Acknowledgment = tcp.Acknowledgment + (uint)random.Next(1, 3) },
        (_, draft, tcp) => draft.Tcp = tcp with { Window = (ushort)(tcp.Window + 1) },
        (_, draft, tcp) => draft.Tcp = tcp with { UrgentPointer = (ushort)(tcp.UrgentPointer ^ 7) },
        (random, draft, tcp) => draft.Tcp = tcp with { Options = NextOptions(random) },
        (random, draft, tcp) => draft.Tcp = tcp with { Options = Changed(random, tcp.Options) },
        (random, draft, tcp) => draft.Tcp = tcp with { Checksum = random.Next(3) == 0 ? FieldChecksum.Zero : FieldChecksum.Bad },
        (_, draft, tcp) => draft.Tcp = tcp with { Checksum = FieldChecksum.Bad },
        // A segment is missing, or comes again in part.
        (random, draft, tcp) => draft.Tcp = tcp with { Sequence = tcp.Sequence + (uint)random.Next(1, 3000) },
        (random, draft, tcp) => draft.Tcp = tcp with { Sequence = tcp.Sequence - (uint)random.Next(1, 3000) },
        (_, draft, tcp) => draft.Tcp = tcp with { SourcePort = (ushort)(tcp.SourcePort ^ 1) },
        (_, draft, tcp) => draft.Tcp = tcp with { DestinationPort = (ushort)(tcp.DestinationPort ^ 1) },
    ];

    private static readonly Action<Random, Draft, UdpFields>[] OfUdp =
    [
        (_, draft, udp) => draft.Udp = udp with { Checksum = FieldChecksum.Zero },
        (_, draft, udp) => draft.Udp = udp with { Checksum = FieldChecksum.Bad },
        (random, draft, udp) => draft.Udp = udp with { LengthField = (ushort)(8 + draft.Payload.Length + random.Next(-3, 4)) },
        (random, draft, udp) => draft.Udp = udp with { LengthField = (ushort)random.Next(65536) },
        (_, draft, udp) => draft.Udp = udp with { LengthField = 0 },
        (_, draft, udp) => draft.Udp = udp with { SourcePort = (ushort)(udp.SourcePort ^ 1) },
        (_, draft, udp) => draft.Udp = udp with { DestinationPort = (ushort)(udp.DestinationPort ^ 1) },
    ];

    /// <summary>Makes one difference.</summary>
    public static void Disturb(Random random, Draft draft)
    {
        if (draft is { Tcp: null, Udp: null })
            return;
        if (random.Next(3) == 0)
            OfBoth[random.Next(OfBoth.Length)](random, draft);
        else if (draft.Tcp is not null)
            OfTcp[random.Next(OfTcp.Length)](random, draft, draft.Tcp);
        else
            OfUdp[random.Next(OfUdp.Length)](random, draft, draft.Udp!);
    }

    /// <summary>TCP options: none, timestamps, or nothing in many bytes.</summary>
    public static byte[] NextOptions(Random random) => random.Next(4) switch
    {
        0 => [],
        1 => [.. Enumerable.Repeat((byte)1, 4 * random.Next(11))],
        _ => TcpFields.Timestamps,
    };

    /// <summary>Random bytes.</summary>
    public static byte[] NextPayload(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Changed(Random random, byte[] options)
    {
        if (options.Length == 0)
            return TcpFields.Timestamps;
        byte[] changed = [.. options];
        changed[random.Next(changed.Length)] ^= 1;
        return changed;
    }
}
