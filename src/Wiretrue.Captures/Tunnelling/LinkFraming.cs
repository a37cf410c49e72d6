using System.Buffers.Binary;
using Wiretrue.Headers;

namespace Wiretrue.Captures.Tunnelling;

/// <summary>
/// The link header of a packet that was, or will be, somewhere else: the captured one, which names what follows it now; or an Ethernet header
/// in place of one that no Ethernet frame fits behind.
/// </summary>
internal static class LinkFraming
{
    /// <summary>Bytes that no link header is longer than, with its tags and labels.</summary>
    public const int MaxLength = 256;

    private const ushort PppIPv4 = 0x0021;
    private const ushort PppIPv6 = 0x0057;
    private const ushort PppMpls = 0x0281;

    /// <summary>
    /// The link type of a capture in which frames out of tunnels stand beside others: Ethernet for all that can be told as Ethernet; those that
    /// no header can be read of stay what they are.
    /// </summary>
    public static LinkType Common(LinkType type) => type switch
    {
        LinkType.Null or LinkType.Loop or LinkType.Raw or LinkType.RawBsd or LinkType.RawOpenBsd or LinkType.IPv4 or LinkType.IPv6
            or LinkType.LinuxSll or LinkType.LinuxSll2 or LinkType.Nflog => LinkType.Ethernet,
        _ => type,
    };

    /// <summary>Writes a link header.</summary>
    /// <param name="packet">The captured bytes.</param>
    /// <param name="layout">Their walk.</param>
    /// <param name="from">Index of the first layer of the link.</param>
    /// <param name="network">Index of the layer that the link carries now.</param>
    /// <param name="type">What it carries instead.</param>
    /// <param name="grown">By how many bytes that is longer; negative when it is shorter.</param>
    /// <param name="common">The output's link type is <see cref="Common"/>, not the captured one.</param>
    /// <param name="to">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>Bytes written; -1 when the link cannot carry it.</returns>
    public static int Write(
        ReadOnlySpan<byte> packet, in PacketLayout layout, int from, int network, EtherType type, int grown, bool common, Span<byte> to)
    {
        int end = layout[network].Offset;
        bool isMade = common && from == 0 && layout[0].Kind != LayerKind.Ethernet;
        int start = isMade && network > 0 ? layout[0].ContentOffset : layout[from].Offset;
        int at = isMade ? EthernetHeader.Size : 0;
        if (at + end - start > MaxLength || end > packet.Length)
            return -1;
        packet[start..end].CopyTo(to[at..]);
        if (isMade)
        {
            // Nobody's addresses.
            to[..(2 * EthernetHeader.AddressSize)].Clear();
            EthernetHeader.SetEtherType(to, network <= 1 ? type : TypeBefore(packet, layout[0], layout[1].Kind));
        }
        int shift = at - start;
        for (int i = from; i < network; i++)
            Lengthen(to, layout[i], shift, grown);
        bool isNamed = isMade && network <= 1;
        bool fits = isNamed || layout[from].IsNetwork || IsSame(in layout, from, network, type)
            || Name(to[..(at + end - start)], layout[network - 1], shift, type);
        return fits ? at + end - start : -1;
    }

    /// <summary>Whether packets of a type can begin at once on a link of raw IP, or of one version alone. All other links name what follows.</summary>
    public static bool Carries(LinkType link, EtherType type) => link switch
    {
        LinkType.IPv4 => type == EtherType.IPv4,
        LinkType.IPv6 => type == EtherType.IPv6,
        LinkType.Raw or LinkType.RawBsd or LinkType.RawOpenBsd => type is EtherType.IPv4 or EtherType.IPv6,
        _ => true,
    };

    /// <summary>Writes an Ethernet header for a packet that stays as it was captured, with another link header.</summary>
    /// <param name="packet">The captured bytes.</param>
    /// <param name="layout">Their walk.</param>
    /// <param name="to">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="start">Where what follows the header begins in the packet.</param>
    /// <returns>Bytes written.</returns>
    public static int WriteOther(ReadOnlySpan<byte> packet, in PacketLayout layout, Span<byte> to, out int start)
    {
        to[..EthernetHeader.Size].Clear();
        start = 0;
        if (layout.Count == 0)
            return EthernetHeader.Size;
        int network = layout[0].IsNetwork ? 0 : 1;
        start = network == 0 ? 0 : layout[0].ContentOffset;
        EtherType type = network >= layout.Count ? 0 : layout[network].Kind switch
        {
            LayerKind.IPv4 => EtherType.IPv4,
            LayerKind.IPv6 => EtherType.IPv6,
            LayerKind other => TypeBefore(packet, layout[0], other),
        };
        EthernetHeader.SetEtherType(to, type);
        return EthernetHeader.Size;
    }

    // What names the packet named one of the same version before; a log's header counts the packet's bytes, and stays no longer.
    private static bool IsSame(in PacketLayout layout, int from, int network, EtherType type)
    {
        EtherType before = layout[network].Kind == LayerKind.IPv4 ? EtherType.IPv4 : EtherType.IPv6;
        return layout[network].IsNetwork && before == type && layout[from].Kind != LayerKind.Nflog;
    }

    // A cooked header before a VLAN tag or a label says which.
    private static EtherType TypeBefore(ReadOnlySpan<byte> packet, in Layer cooked, LayerKind next) => cooked.Kind switch
    {
        LayerKind.LinuxSll => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(packet[14..]),
        LayerKind.LinuxSll2 => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(packet),
        _ => next switch { LayerKind.Mpls => EtherType.Mpls, LayerKind.Vlan => EtherType.Vlan, _ => 0 },
    };

    // Two of the link's headers count what they carry.
    private static void Lengthen(Span<byte> to, in Layer layer, int shift, int grown)
    {
        int field = layer.Kind switch
        {
            LayerKind.Pppoe => layer.Offset + 4,
            LayerKind.Snap => layer.Offset - 2,
            _ => -1,
        } + shift;
        if (layer.Kind is not (LayerKind.Pppoe or LayerKind.Snap) || field < 0)
            return;
        ushort length = BinaryPrimitives.ReadUInt16BigEndian(to[field..]);
        BinaryPrimitives.WriteUInt16BigEndian(to[field..], (ushort)(length + grown));
    }

    private static bool Name(Span<byte> link, in Layer last, int shift, EtherType type)
    {
        switch (last.Kind)
        {
            case LayerKind.Ethernet or LayerKind.Vlan or LayerKind.Snap or LayerKind.LinuxSll:
                BinaryPrimitives.WriteUInt16BigEndian(link[^2..], (ushort)type);
                return true;
            case LayerKind.LinuxSll2:
                BinaryPrimitives.WriteUInt16BigEndian(link[(last.Offset + shift)..], (ushort)type);
                return true;
            case LayerKind.Pppoe:
                ushort protocol = type switch
                {
                    EtherType.IPv4 => PppIPv4,
                    EtherType.IPv6 => PppIPv6,
                    EtherType.Mpls => PppMpls,
                    _ => 0,
                };
                BinaryPrimitives.WriteUInt16BigEndian(link[^2..], protocol);
                return protocol != 0;
            case LayerKind.Nsh:
                byte next = type switch
                {
                    EtherType.IPv4 => 1,
                    EtherType.IPv6 => 2,
                    EtherType.Mpls => 5,
                    _ => 0,
                };
                link[last.Offset + shift + 3] = next;
                return next != 0;
            // The first nibble behind the last label tells the version; nothing else can be told.
            case LayerKind.Mpls:
                return type is EtherType.IPv4 or EtherType.IPv6;
            default:
                return false;
        }
    }
}
