namespace Wiretrue.Linux.Interop;

/// <summary>Commands and sizes of the ethtool ioctl (linux/ethtool.h). All its numbers are in host order.</summary>
internal static class EthtoolCommand
{
    /// <summary><c>ETHTOOL_GSTRINGS</c>: the names of a set.</summary>
    public const uint GetStrings = 0x1b;

    /// <summary><c>ETHTOOL_GSSET_INFO</c>: how many names sets have.</summary>
    public const uint GetStringSetInfo = 0x37;

    /// <summary><c>ETHTOOL_GFEATURES</c>: the state of all features.</summary>
    public const uint GetFeatures = 0x3a;

    /// <summary><c>ETH_SS_FEATURES</c>: the set of the features' names.</summary>
    public const int FeatureStrings = 4;

    /// <summary><c>ETH_GSTRING_LEN</c>: bytes of a name, padded with zeros.</summary>
    public const int StringLength = 32;
}
