namespace Wiretrue.Linux.Interop;

/// <summary>Attributes of a link (<c>IFLA_*</c>, linux/if_link.h).</summary>
internal enum LinkAttribute : ushort
{
    /// <summary><c>IFLA_IFNAME</c>: text.</summary>
    Name = 3,

    /// <summary><c>IFLA_MTU</c>: 32 bits.</summary>
    Mtu = 4,

    /// <summary><c>IFLA_LINKINFO</c>: attributes again; <c>IFLA_INFO_KIND</c> is the first of their numbers.</summary>
    Info = 18,

    /// <summary><c>IFLA_GSO_MAX_SEGS</c>: 32 bits.</summary>
    GsoMaxSegments = 40,

    /// <summary><c>IFLA_GSO_MAX_SIZE</c>: 32 bits.</summary>
    GsoMaxSize = 41,

    /// <summary><c>IFLA_PARENT_DEV_BUS_NAME</c>: text.</summary>
    ParentBus = 57,

    /// <summary><c>IFLA_GRO_MAX_SIZE</c>: 32 bits.</summary>
    GroMaxSize = 58,

    /// <summary><c>IFLA_TSO_MAX_SIZE</c>: 32 bits.</summary>
    TsoMaxSize = 59,

    /// <summary><c>IFLA_TSO_MAX_SEGS</c>: 32 bits.</summary>
    TsoMaxSegments = 60,

    /// <summary><c>IFLA_GSO_IPV4_MAX_SIZE</c>: 32 bits; Linux has it since 6.3.</summary>
    GsoIPv4MaxSize = 63,

    /// <summary><c>IFLA_GRO_IPV4_MAX_SIZE</c>: 32 bits; Linux has it since 6.3.</summary>
    GroIPv4MaxSize = 64,

    /// <summary><c>IFLA_HEADROOM</c>: 16 bits; Linux has it since 6.15.</summary>
    NeededHeadroom = 68,

    /// <summary><c>IFLA_TAILROOM</c>: 16 bits; Linux has it since 6.15.</summary>
    NeededTailroom = 69,
}
