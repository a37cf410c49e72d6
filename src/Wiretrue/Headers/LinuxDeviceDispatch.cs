namespace Wiretrue.Headers;

/// <summary>Which header follows a Linux cooked header.</summary>
internal static class LinuxDeviceDispatch
{
    private const ushort Netlink = 824;
    private const ushort Ieee80211Radiotap = 803;
    private const ushort FrameRelay = 770;
    private const ushort GreTunnel = 778;

    /// <summary>An 802.2 frame without a type (<c>ETH_P_802_2</c>).</summary>
    private const EtherType Ieee8022 = (EtherType)4;

    /// <summary>The protocol is an EtherType, but for devices that have numbers of their own.</summary>
    public static LayerKind Next(ref HeaderCursor cursor, ushort deviceType, EtherType type)
    {
        if (deviceType is Netlink or Ieee80211Radiotap or FrameRelay)
            return LayerKind.Payload;
        if (type == Ieee8022)
            return SnapHeader.TryCreate(cursor.Rest, out _) ? LayerKind.Snap : cursor.Unrecognized();
        LayerKind next = EtherTypeDispatch.Next(type);
        // A whole frame inside a cooked header is what GRE devices alone mean by that type.
        return next == LayerKind.Ethernet && deviceType != GreTunnel ? LayerKind.Payload : next;
    }
}
