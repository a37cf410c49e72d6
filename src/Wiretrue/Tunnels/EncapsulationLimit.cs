using Wiretrue.Headers;
using Wiretrue.Headers.Fields;
using Wiretrue.Packets;

namespace Wiretrue.Tunnels;

/// <summary>The option that says into how many tunnels more a packet may go (<c>struct ipv6_tlv_tnl_enc_lim</c>, net/ip6_tunnel.h).</summary>
/// <remarks>
/// RFC 2473 4.1.1.
/// <code>
///   0        1        2        3        4        5        6        7
///   +--------+--------+--------+--------+--------+--------+--------+--------+
///   | next   | 0      | 4      | 1      | limit  | PadN 1 | 1      | 0      |
///   +--------+--------+--------+--------+--------+--------+--------+--------+
///     destination options       the option                  padding
/// </code>
/// </remarks>
internal static class EncapsulationLimit
{
    /// <summary>Bytes of the options header.</summary>
    public const int Size = 8;

    /// <summary>Where the number is.</summary>
    public const int ValueOffset = 4;

    /// <summary>Writes the header before one of <paramref name="protocol"/>.</summary>
    public static void Write(Span<byte> header, IPProtocol protocol, byte limit)
    {
        new IPv6OptionsHeaderFields(protocol, Size).Write(header);
        ReadOnlySpan<byte> options = [IPv6Option.TunnelEncapsulationLimit, 1, limit, IPv6Option.PadN, 1, 0];
        options.CopyTo(header[2..]);
    }

    /// <summary>
    /// What an IPv6 packet says of itself (<c>ip6_tnl_parse_tlv_enc_lim</c>); -1 for one that says nothing, and for any other.
    /// </summary>
    /// <remarks>The packet was walked.</remarks>
    public static int Of(Packet packet)
    {
        ref PacketLayout layout = ref packet.Layout;
        for (int i = layout.OuterNetwork + 1; i > 0 && i < layout.Count && IsExtension(layout[i].Kind); i++)
        {
            if (layout[i].Kind != LayerKind.IPv6DestinationOptions
                || !IPv6OptionsHeader.TryCreate(packet.Linear[layout[i].Offset..], out IPv6OptionsHeader header))
            {
                continue;
            }
            foreach (IPv6Option option in header.Options)
            {
                if (option.Type == IPv6Option.TunnelEncapsulationLimit && option.Data.Length == 1)
                    return option.Data[0];
            }
        }
        return -1;
    }

    private static bool IsExtension(LayerKind kind) =>
        kind is LayerKind.IPv6HopByHop or LayerKind.IPv6DestinationOptions or LayerKind.IPv6Routing or LayerKind.AuthenticationHeader;
}
