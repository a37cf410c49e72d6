using System.Runtime.CompilerServices;

namespace Wiretrue.Headers;

/// <summary>Which header follows an EtherType.</summary>
internal static class EtherTypeDispatch
{
    private const int MaxIeee8023Length = 1500;

    /// <summary>The header that follows the type field of <paramref name="of"/>, the layer just entered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LayerKind Next(ref HeaderCursor cursor, LayerKind of, EtherType type)
    {
        if (type == EtherType.IPv4)
            return LayerKind.IPv4;
        return type >= EtherType.FirstType ? Next(type) : Ieee8023(ref cursor, of, (int)type);
    }

    /// <summary>The header that a true EtherType names; <see cref="LayerKind.Payload"/> when it is not known here.</summary>
    public static LayerKind Next(EtherType type) => type switch
    {
        EtherType.IPv4 => LayerKind.IPv4,
        EtherType.IPv6 => LayerKind.IPv6,
        EtherType.Vlan or EtherType.ServiceVlan or EtherType.LegacyQinQ => LayerKind.Vlan,
        EtherType.Mpls or EtherType.MplsMulticast => LayerKind.Mpls,
        EtherType.PppoeSession => LayerKind.Pppoe,
        EtherType.Nsh => LayerKind.Nsh,
        EtherType.TransparentEthernetBridging => LayerKind.Ethernet,
        _ => LayerKind.Payload,
    };

    private static LayerKind Ieee8023(ref HeaderCursor cursor, LayerKind of, int length)
    {
        // 1501 to 1535 mean nothing (IEEE 802.3 3.2.6).
        if (length > MaxIeee8023Length)
            return LayerKind.Payload;
        cursor.Limit(of, length, LengthSource.Ieee8023Length);
        return SnapHeader.TryCreate(cursor.Rest, out _) ? LayerKind.Snap : cursor.Unrecognized();
    }
}
