using Wiretrue.Packets;

namespace Wiretrue.Devices;

/// <summary>Where packets go, and what it can do to them by itself (<c>struct net_device</c>).</summary>
public partial class NetDevice
{
    /// <summary>What an IPv4 or IPv6 length field can say, and what drivers could count on before BIG TCP (<c>GSO_LEGACY_MAX_SIZE</c>).</summary>
    private const int LegacyGsoMaxSize = 65536;

    /// <summary>
    /// What holds below two VLAN tags for any device (<c>vlan_features_check</c>): what needs no knowledge of where the headers are.
    /// </summary>
    private const DeviceFeatures NestedVlanFeatures = DeviceFeatures.ScatterGather | DeviceFeatures.HighDma | DeviceFeatures.FragmentList
        | DeviceFeatures.ChecksumGeneric | DeviceFeatures.VlanInsert | DeviceFeatures.ServiceVlanInsert;

    private const DeviceFeatures InParts = DeviceFeatures.ScatterGather | DeviceFeatures.FragmentList | DeviceFeatures.HighDma;

    /// <summary>A device with a name and features, of which the rules may take some away at once (<see cref="UnmetFeatures"/>).</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="features">What is on to begin with.</param>
    /// <param name="mtu">Largest IP packet in bytes, without the link header.</param>
    public NetDevice(string name, DeviceFeatures features, int mtu)
    {
        Name = name;
        Mtu = mtu;
        _initial = features;
        HardwareFeatures = features;
    }

    /// <summary>What the device is called (<c>dev->name</c>).</summary>
    public string Name { get; }

    /// <summary>Largest IP packet in bytes, without the link header (<c>dev->mtu</c>).</summary>
    public int Mtu { get; set; }

    /// <summary>
    /// A super-frame must have fewer bytes than this, link header included, for the device to cut it (<c>dev->gso_max_size</c>).
    /// A value up to 65,536 is set for <see cref="GsoIPv4MaxSize"/> as well (<c>netif_set_gso_max_size</c>).
    /// </summary>
    public int GsoMaxSize
    {
        get;
        set
        {
            field = value;
            if (value <= LegacyGsoMaxSize)
                GsoIPv4MaxSize = value;
        }
    } = LegacyGsoMaxSize;

    /// <summary>As <see cref="GsoMaxSize"/>, of everything but IPv6 without a VLAN tag in its bytes (<c>dev->gso_ipv4_max_size</c>).</summary>
    public int GsoIPv4MaxSize { get; set; } = LegacyGsoMaxSize;

    /// <summary>Most segments that the device cuts one super-frame into (<c>dev->gso_max_segs</c>).</summary>
    public int GsoMaxSegments { get; set; } = 65535;

    /// <summary>Largest super-frame in bytes that what it receives is merged into (<c>dev->gro_max_size</c>).</summary>
    public int GroMaxSize { get; init; } = 65536;

    /// <summary>
    /// Bytes that the device wants free before a packet, for headers of its own (<c>dev->needed_headroom</c>). Packets that come down
    /// <see cref="Transmit.TransmitPath"/> have them, and nobody else reads or writes there.
    /// </summary>
    public int NeededHeadroom { get; init; }

    /// <summary>
    /// Bytes that the device wants free behind a packet (<c>dev->needed_tailroom</c>); a packet in parts has none, for what is put behind its
    /// linear area would not come last.
    /// </summary>
    public int NeededTailroom { get; init; }

    /// <summary>What it says of the checksums that it receives, while <see cref="DeviceFeatures.ReceiveChecksum"/> is on.</summary>
    public ReceiverClass Receiver { get; init; }

    /// <summary>
    /// It is handed what another stack on this host left owed: checksums that are half-made (<c>CHECKSUM_PARTIAL</c> on receive), and
    /// super-frames.
    /// </summary>
    public bool ReceivesOwed { get; init; }

    /// <summary>What went through, and what did not.</summary>
    public DeviceStatistics Statistics { get; } = new();

    /// <summary>
    /// The wire: it takes bytes one after the other. No work can be left to it; that a packet comes in parts is all the same to it,
    /// so the payload of a super-frame need not be copied to be cut.
    /// </summary>
    /// <param name="mtu">Largest IP packet in bytes.</param>
    public static NetDevice Wire(int mtu = 1500) => new("wire", InParts, mtu)
    {
        EncapsulationFeatures = InParts,
        VlanFeatures = InParts,
        MplsFeatures = InParts,
    };

    /// <summary>
    /// What the device does for this packet, which it may have to look at (<c>ndo_features_check</c>). A device with a check of its own
    /// replaces this one, as in Linux (<c>dflt_features_check</c>): below two VLAN tags only what goes by start and offset is left.
    /// </summary>
    /// <param name="packet">Already walked (<see cref="Packet.Layout"/>); it stays the caller's. A VLAN tag may stand outside of its bytes.</param>
    /// <param name="features">What there is for it so far.</param>
    /// <returns>Some of <paramref name="features"/>.</returns>
    public virtual DeviceFeatures CheckFeatures(Packet packet, DeviceFeatures features)
    {
        ArgumentNullException.ThrowIfNull(packet);
        // A plain mask, and no intersection of devices: a card that looks for the headers itself does not find them behind two tags.
        return packet.CountVlanTags() > 1 ? features & NestedVlanFeatures : features;
    }

    /// <summary>
    /// Hands packets over that the device can take as they are, as <see cref="Transmit.TransmitPath"/> left them.
    /// </summary>
    /// <param name="ready">Emptied: every packet is the device's now.</param>
    public virtual void Transmit(PacketQueue ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        for (Packet? packet = ready.First; packet is not null; packet = packet.Next)
            CountTransmitted(packet);
        ready.Clear();
    }

    /// <summary>Counts a packet that is on its way out.</summary>
    protected void CountTransmitted(Packet packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        Statistics.TransmittedPackets++;
        Statistics.TransmittedBytes += packet.OriginalLength;
    }
}
