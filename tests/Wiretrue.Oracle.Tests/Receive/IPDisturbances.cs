using Wiretrue.Testing.Synthesis;

namespace Wiretrue.Oracle.Tests.Receive;

/// <summary>What can be different about one packet's IP header.</summary>
internal static class IPDisturbances
{
    private static readonly Action<Random, Draft>[] OfBoth =
    [
        (random, draft) => draft.IP = draft.IP with { HopLimit = (byte)random.Next(256) },
        (_, draft) => draft.IP = draft.IP with { HopLimit = (byte)(draft.IP.HopLimit - 1) },
        (random, draft) => draft.IP = draft.IP with { TrafficClass = (byte)random.Next(256) },
        // Congestion was experienced, or the transport is capable of saying so (RFC 3168).
        (random, draft) => draft.IP = draft.IP with { TrafficClass = (byte)(draft.IP.TrafficClass ^ random.Next(1, 4)) },
        (random, draft) => draft.IP = draft.IP with { LengthField = (ushort)(TrueLength(draft) + random.Next(-3, 4)) },
        (random, draft) => draft.IP = draft.IP with { LengthField = (ushort)random.Next(65536) },
        (_, draft) => draft.IP = draft.IP with { LengthField = 0 },
        (random, draft) => draft.Trailer = new byte[random.Next(1, 20)],
        (random, draft) => draft.Trailer = [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => (byte)random.Next(256))],
    ];

    private static readonly Action<Random, Draft, IPv4Fields>[] OfIPv4 =
    [
        (random, draft, ip) => draft.IP = ip with { Id = (ushort)random.Next(65536) },
        (_, draft, ip) => draft.IP = ip with { Id = (ushort)(ip.Id + 1) },
        (_, draft, ip) => draft.IP = ip with { Id = (ushort)(ip.Id - 1) },
        (_, draft, ip) => draft.IP = ip with { DontFragment = !ip.DontFragment },
        (_, draft, ip) => draft.IP = ip with { MoreFragments = true },
        (random, draft, ip) => draft.IP = ip with { FragmentOffset = (ushort)random.Next(1, 0x2000) },
        // The reserved bit, which the offset's field has room for.
        (_, draft, ip) => draft.IP = ip with { FragmentOffset = 0x8000 },
        (random, draft, ip) => draft.IP = ip with { HeaderChecksum = random.Next(2) == 0 ? FieldChecksum.Bad : FieldChecksum.Zero },
        (random, draft, ip) => draft.IP = ip with { Options = ip.Options.Length > 0 ? [] : [.. Enumerable.Repeat((byte)1, 4 * random.Next(1, 11))] },
    ];

    private static readonly Action<Random, Draft, IPv6Fields>[] OfIPv6 =
    [
        (random, draft, ip) => draft.IP = ip with { FlowLabel = random.Next(1 << 20) },
        (_, draft, ip) => draft.IP = ip with { FlowLabel = ip.FlowLabel ^ 1 },
        (random, draft, ip) => draft.IP = ip with { Extensions = NextExtensions(random) },
        // A fragment that is the whole packet, and one that is not (RFC 6946).
        (random, draft, ip) => draft.IP = ip with { Extensions = [(44, [0, 0, 0, (byte)random.Next(2), 0, 0, 0, 7])] },
        // One length for another header of the same.
        (_, draft, ip) => draft.IP = ip with { Extensions = [.. ip.Extensions.Select(e => (e.Number, Changed(e.Bytes)))] },
    ];

    /// <summary>Makes one difference.</summary>
    public static void Disturb(Random random, Draft draft)
    {
        if (random.Next(2) == 0)
            OfBoth[random.Next(OfBoth.Length)](random, draft);
        else if (draft.IP is IPv4Fields ipv4)
            OfIPv4[random.Next(OfIPv4.Length)](random, draft, ipv4);
        else
            OfIPv6[random.Next(OfIPv6.Length)](random, draft, (IPv6Fields)draft.IP);
    }

    /// <summary>Extension headers that hold nothing, or none.</summary>
    public static List<(byte, byte[])> NextExtensions(Random random)
    {
        var chain = new List<(byte, byte[])>();
        foreach (byte number in (byte[])[0, 60, 43, 60])
        {
            if (random.Next(3) == 0)
                chain.Add((number, number == 43 ? [0, 0, 253, 0, 0, 0, 0, 0] : [0, 0, 1, 4, 0, 0, 0, 0]));
        }
        return chain;
    }

    private static byte[] Changed(byte[] header) => [.. header[..^1], (byte)(header[^1] ^ 1)];

    private static int TrueLength(Draft draft) => draft.IP.HeaderLength - (draft.IP is IPv6Fields ? 40 : 0) + draft.TransportLength;
}
