namespace Wiretrue.Devices;

public partial class NetDevice
{
    private const DeviceFeatures EncapsulationAlways = DeviceFeatures.ScatterGather | DeviceFeatures.PartialSegmentation;

    private readonly DeviceFeatures _initial;
    private readonly DeviceFeatures _hardware;
    private DeviceFeatures _wanted;
    private DeviceFeatures _partialGso;
    private FeatureChange[] _unmet = [];

    /// <summary>What it does now, which is what is wanted of it as far as the rules go (<c>dev->features</c>).</summary>
    public DeviceFeatures Features { get; private set; }

    /// <summary>
    /// What can be switched (<c>dev->hw_features</c>): what the device was made with unless said otherwise, and never
    /// <see cref="DeviceFeatures.NeverChangeMask"/>.
    /// </summary>
    public DeviceFeatures HardwareFeatures
    {
        get => _hardware;
        init
        {
            _hardware = value & ~DeviceFeatures.NeverChangeMask;
            _wanted = _initial & _hardware;
            Update();
        }
    }

    /// <summary>
    /// What was asked for among <see cref="HardwareFeatures"/> (<c>dev->wanted_features</c>); what is set outside of them is
    /// ignored. It stays wanted while a rule forbids it, and comes back when none does.
    /// </summary>
    public DeviceFeatures WantedFeatures
    {
        get => _wanted;
        set
        {
            _wanted = value & _hardware;
            Update();
        }
    }

    /// <summary>What is wanted and not done, and why, in the order of the rules.</summary>
    public IReadOnlyList<FeatureChange> UnmetFeatures => _unmet;

    /// <summary>
    /// What of it also holds for the inner headers of a tunnelled packet (<c>dev->hw_enc_features</c>); parts, and cutting in part, do so
    /// for every device (<c>register_netdevice</c>).
    /// </summary>
    public DeviceFeatures EncapsulationFeatures { get; set => field = WithMangledId(value) | EncapsulationAlways; } = EncapsulationAlways;

    /// <summary>
    /// What of it also holds for a packet with a VLAN tag, in its bytes or outside (<c>dev->vlan_features</c>); which memory is reached is
    /// the same for every packet.
    /// </summary>
    public DeviceFeatures VlanFeatures { get; set => field = WithMangledId(value) | DeviceFeatures.HighDma; } = DeviceFeatures.HighDma;

    /// <summary>What of it also holds for a packet with an MPLS label (<c>dev->mpls_features</c>); parts do so for every device.</summary>
    public DeviceFeatures MplsFeatures { get; set => field = value | DeviceFeatures.ScatterGather; } = DeviceFeatures.ScatterGather;

    /// <summary>
    /// What gives segments IDs of its own choice, and does not hold where a router may need them (<c>dev->mangleid_features</c>); always
    /// <see cref="DeviceFeatures.TcpMangleIdSegmentation"/>.
    /// </summary>
    public DeviceFeatures MangleIdFeatures { get; set => field = value | DeviceFeatures.TcpMangleIdSegmentation; }
        = DeviceFeatures.TcpMangleIdSegmentation;

    /// <summary>
    /// What it cuts only when software has made the outer headers those of one segment (<c>dev->gso_partial_features</c>); without
    /// <see cref="DeviceFeatures.PartialSegmentation"/> these go off.
    /// </summary>
    public DeviceFeatures PartialGsoFeatures
    {
        get => _partialGso;
        set
        {
            _partialGso = value;
            Update();
        }
    }

    /// <summary>Switches features, as <c>ethtool -K</c> does.</summary>
    /// <param name="features">Some of them, for instance by <see cref="FeatureNames.TryParse"/>.</param>
    /// <param name="on">On or off.</param>
    /// <returns>What of <paramref name="features"/> is fixed the other way, and all that is wanted and not done.</returns>
    public IReadOnlyList<FeatureChange> Switch(DeviceFeatures features, bool on)
    {
        WantedFeatures = on ? _wanted | features : _wanted & ~features;
        DeviceFeatures stuck = features & ~_hardware & (on ? ~Features : Features);
        return stuck == DeviceFeatures.None ? _unmet : [new FeatureChange(stuck, !on, FeatureRelation.Fixed, []), .. _unmet];
    }

    /// <summary>Cutting TCP inside something includes doing so with any ID, for who may (<c>register_netdevice</c>).</summary>
    private static DeviceFeatures WithMangledId(DeviceFeatures features) =>
        (features & DeviceFeatures.TcpSegmentation) == 0 ? features : features | DeviceFeatures.TcpMangleIdSegmentation;

    private void Update()
    {
        var changes = new List<FeatureChange>();
        Features = FeatureRules.Apply((_initial & ~_hardware) | _wanted, _partialGso, changes);
        _unmet = [.. changes];
    }
}
