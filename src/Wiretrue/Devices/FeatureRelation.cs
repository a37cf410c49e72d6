namespace Wiretrue.Devices;

/// <summary>Why features that were wanted are off.</summary>
public enum FeatureRelation : byte
{
    /// <summary>They need others, which are not there.</summary>
    Needs,

    /// <summary>They cannot be together with others, which are there.</summary>
    Excludes,

    /// <summary>The device has them as they are; nobody can switch them (<c>[fixed]</c> in ethtool's words).</summary>
    Fixed,
}
