using Wiretrue.Testing.Synthesis.Stacks;

namespace Wiretrue.Testing.Synthesis.Flows;

/// <summary>
/// Changes one field of a stack's headers that does not say which flow a frame belongs to, and without which frames are not alike.
/// </summary>
public static class FlowChange
{
    /// <summary>The headers with one of them changed; as they are, where the one that was drawn has no such field.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="random">What is changed.</param>
    /// <param name="mustCount">Not an identification, as the next frame could have that.</param>
    public static IReadOnlyList<PlainHeader> Of(IReadOnlyList<PlainHeader> headers, Random random, bool mustCount)
    {
        PlainHeader[] changed = [.. headers];
        int at = random.Next(2) == 0 ? changed.Length - 1 : random.Next(changed.Length);
        changed[at] = changed[at] switch
        {
            PlainIP ip => ip with { Fields = Of(ip.Fields, random.Next(mustCount ? 3 : 4), random) },
            PlainTcp tcp => tcp with { Fields = Of(tcp.Fields, random) },
            _ => changed[at],
        };
        return changed;
    }

    private static IPFields Of(IPFields fields, int what, Random random) => (what, fields) switch
    {
        (0, _) => fields with { HopLimit = (byte)(fields.HopLimit ^ 1) },
        (1, _) => fields with { TrafficClass = (byte)(fields.TrafficClass ^ (1 << random.Next(8))) },
        (2, IPv4Fields ipv4) => ipv4 with { DontFragment = !ipv4.DontFragment },
        (3, IPv4Fields ipv4) => ipv4 with { Id = (ushort)(ipv4.Id + random.Next(1, 4)) },
        _ => fields,
    };

    private static TcpFields Of(TcpFields fields, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                return fields with { Acknowledgment = fields.Acknowledgment + 1 };
            case 1:
                return fields with { Window = (ushort)(fields.Window + 1) };
            case 2 when fields.Options.Length > 0:
                byte[] options = [.. fields.Options];
                options[^1] ^= 1;
                return fields with { Options = options };
            default:
                return fields with { Flags = (ushort)(fields.Flags ^ (1 << random.Next(9))) };
        }
    }
}
