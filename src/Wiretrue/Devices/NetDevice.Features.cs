namespace Wiretrue.Devices;

public partial class NetDevice
{
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

    /// <summary>What of it also holds for the inner headers of a tunnelled packet (<c>dev->hw_enc_features</c>).</summary>
    public DeviceFeatures EncapsulationFeatures { get; set; }

    /// <summary>What of it also holds for a packet with a VLAN tag in its bytes (<c>dev->vlan_features</c>).</summary>
    public DeviceFeatures VlanFeatures { get; set; }

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

    private void Update()
    {
        var changes = new List<FeatureChange>();
        Features = FeatureRules.Apply((_initial & ~_hardware) | _wanted, _partialGso, changes);
        _unmet = [.. changes];
    }
}
