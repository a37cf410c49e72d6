using Wiretrue.Linux.Interop;

namespace Wiretrue.Linux;

/// <summary>What rtnetlink says of a network device besides its features (<c>RTM_GETLINK</c>, linux/if_link.h).</summary>
public sealed record LinkAttributes
{
    private const ushort LoopbackHardware = 772; // ARPHRD_LOOPBACK

    /// <summary>The device's name (<c>IFLA_IFNAME</c>).</summary>
    public required string Name { get; init; }

    /// <summary>Its number in this network namespace (<c>ifi_index</c>).</summary>
    public int Index { get; init; }

    /// <summary>What its link headers are (<c>ifi_type</c>, <c>ARPHRD_*</c>): 1 for Ethernet.</summary>
    public int HardwareType { get; init; }

    /// <summary>What kind of virtual device it is (<c>IFLA_INFO_KIND</c>): "veth", "bridge"; empty for the others.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Which bus a device with hardware, or what stands in for it, is on (<c>IFLA_PARENT_DEV_BUS_NAME</c>): "pci", "virtio".</summary>
    public string ParentBus { get; init; } = "";

    /// <summary>Largest IP packet in bytes, without the link header (<c>IFLA_MTU</c>).</summary>
    public int Mtu { get; init; }

    /// <summary>Largest super-frame in bytes that it is given (<c>IFLA_GSO_MAX_SIZE</c>).</summary>
    public int GsoMaxSize { get; init; }

    /// <summary>The same for IPv4 (<c>IFLA_GSO_IPV4_MAX_SIZE</c>); 0 where the kernel makes no difference.</summary>
    public int GsoIPv4MaxSize { get; init; }

    /// <summary>Most segments of a super-frame that it is given (<c>IFLA_GSO_MAX_SEGS</c>).</summary>
    public int GsoMaxSegments { get; init; }

    /// <summary>Largest super-frame in bytes that what it receives is merged into (<c>IFLA_GRO_MAX_SIZE</c>); 0 when the kernel does not say.</summary>
    public int GroMaxSize { get; init; }

    /// <summary>The same for IPv4 (<c>IFLA_GRO_IPV4_MAX_SIZE</c>); 0 where the kernel makes no difference.</summary>
    public int GroIPv4MaxSize { get; init; }

    /// <summary>How large <see cref="GsoMaxSize"/> can be made (<c>IFLA_TSO_MAX_SIZE</c>); 0 when the kernel does not say.</summary>
    public int TsoMaxSize { get; init; }

    /// <summary>How large <see cref="GsoMaxSegments"/> can be made (<c>IFLA_TSO_MAX_SEGS</c>); 0 when the kernel does not say.</summary>
    public int TsoMaxSegments { get; init; }

    /// <summary>Bytes that it would like free before a packet (<c>IFLA_HEADROOM</c>); 0 when the kernel does not say.</summary>
    public int NeededHeadroom { get; init; }

    /// <summary>Bytes that it would like free behind a packet (<c>IFLA_TAILROOM</c>); 0 when the kernel does not say.</summary>
    public int NeededTailroom { get; init; }

    /// <summary>It is the loopback: what is sent on it is received on it.</summary>
    public bool IsLoopback => HardwareType == LoopbackHardware;

    /// <summary>Reads those of one device of this network namespace.</summary>
    /// <exception cref="DeviceAccessException">There is none of that name, or the kernel does not say.</exception>
    public static LinkAttributes Read(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        // A name that is too long is refused as malformed; to who asked, it is a device that is not there.
        if (!default(InterfaceRequest).TrySetName(name))
            Throw.NoDevice(name);
        List<LinkAttributes> links = RouteNetlink.GetLinks(name);
        if (links.Count == 0)
            Throw.NoDevice(name);
        return links[0];
    }

    /// <summary>Reads those of every device of this network namespace, in the order of their numbers.</summary>
    /// <exception cref="DeviceAccessException">The kernel does not say.</exception>
    public static IReadOnlyList<LinkAttributes> ReadAll() => [.. RouteNetlink.GetLinks(name: null).OrderBy(link => link.Index)];
}
