using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Wiretrue.Linux.Interop;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Linux.Tests.Interop;

/// <summary>Structs and numbers that are shared with the kernel are those of its headers, as the C compiler of this machine reads them.</summary>
public sealed class LayoutTests
{
    private static readonly (string C, int Ours)[] Layouts =
    [
        Size<InterfaceRequest>("struct ifreq"),
        Field<InterfaceRequest>("struct ifreq", "ifr_name", nameof(InterfaceRequest.Name)),
        Field<InterfaceRequest>("struct ifreq", "ifr_data", nameof(InterfaceRequest.Data)),
        Field<EthtoolStringSetInfo>("struct ethtool_sset_info", "cmd", nameof(EthtoolStringSetInfo.Command)),
        Field<EthtoolStringSetInfo>("struct ethtool_sset_info", "sset_mask", nameof(EthtoolStringSetInfo.Mask)),
        Field<EthtoolStringSetInfo>("struct ethtool_sset_info", "data", nameof(EthtoolStringSetInfo.Count)),
        Size<EthtoolStrings>("struct ethtool_gstrings"),
        Field<EthtoolStrings>("struct ethtool_gstrings", "cmd", nameof(EthtoolStrings.Command)),
        Field<EthtoolStrings>("struct ethtool_gstrings", "string_set", nameof(EthtoolStrings.Set)),
        Field<EthtoolStrings>("struct ethtool_gstrings", "len", nameof(EthtoolStrings.Count)),
        Size<EthtoolFeatureBlocks>("struct ethtool_gfeatures"),
        Field<EthtoolFeatureBlocks>("struct ethtool_gfeatures", "cmd", nameof(EthtoolFeatureBlocks.Command)),
        Field<EthtoolFeatureBlocks>("struct ethtool_gfeatures", "size", nameof(EthtoolFeatureBlocks.Count)),
        Size<EthtoolFeatureBlock>("struct ethtool_get_features_block"),
        Field<EthtoolFeatureBlock>("struct ethtool_get_features_block", "available", nameof(EthtoolFeatureBlock.Available)),
        Field<EthtoolFeatureBlock>("struct ethtool_get_features_block", "requested", nameof(EthtoolFeatureBlock.Requested)),
        Field<EthtoolFeatureBlock>("struct ethtool_get_features_block", "active", nameof(EthtoolFeatureBlock.Active)),
        Field<EthtoolFeatureBlock>("struct ethtool_get_features_block", "never_changed", nameof(EthtoolFeatureBlock.NeverChanged)),
        Size<NetlinkHeader>("struct nlmsghdr"),
        Field<NetlinkHeader>("struct nlmsghdr", "nlmsg_len", nameof(NetlinkHeader.Length)),
        Field<NetlinkHeader>("struct nlmsghdr", "nlmsg_type", nameof(NetlinkHeader.Type)),
        Field<NetlinkHeader>("struct nlmsghdr", "nlmsg_flags", nameof(NetlinkHeader.Flags)),
        Field<NetlinkHeader>("struct nlmsghdr", "nlmsg_seq", nameof(NetlinkHeader.Sequence)),
        Field<NetlinkHeader>("struct nlmsghdr", "nlmsg_pid", nameof(NetlinkHeader.Port)),
        Size<LinkInfo>("struct ifinfomsg"),
        Field<LinkInfo>("struct ifinfomsg", "ifi_family", nameof(LinkInfo.Family)),
        Field<LinkInfo>("struct ifinfomsg", "ifi_type", nameof(LinkInfo.Type)),
        Field<LinkInfo>("struct ifinfomsg", "ifi_index", nameof(LinkInfo.Index)),
        Field<LinkInfo>("struct ifinfomsg", "ifi_flags", nameof(LinkInfo.Flags)),
        Field<LinkInfo>("struct ifinfomsg", "ifi_change", nameof(LinkInfo.Change)),
        ("sizeof(struct rtattr)", 4),
        ("offsetof(struct rtattr, rta_len)", 0),
        ("offsetof(struct rtattr, rta_type)", 2),
        ("RTA_ALIGN(5)", AttributeReader.Aligned(5)),
    ];

    private static readonly (string C, int Ours)[] Numbers =
    [
        ("IFNAMSIZ", InterfaceRequest.NameSize),
        ("SIOCETHTOOL", (int)InterfaceRequest.Ethtool),
        ("ETHTOOL_GSTRINGS", (int)EthtoolCommand.GetStrings),
        ("ETHTOOL_GSSET_INFO", (int)EthtoolCommand.GetStringSetInfo),
        ("ETHTOOL_GFEATURES", (int)EthtoolCommand.GetFeatures),
        ("ETH_SS_FEATURES", EthtoolCommand.FeatureStrings),
        ("ETH_GSTRING_LEN", EthtoolCommand.StringLength),
        ("AF_INET", Libc.AF_INET),
        ("AF_NETLINK", Libc.AF_NETLINK),
        ("SOCK_DGRAM", Libc.SOCK_DGRAM),
        ("SOCK_RAW", Libc.SOCK_RAW),
        ("SOCK_CLOEXEC", Libc.SOCK_CLOEXEC),
        ("NETLINK_ROUTE", Libc.NETLINK_ROUTE),
        ("MSG_TRUNC", Libc.MSG_TRUNC),
        ("MSG_PEEK", Libc.MSG_PEEK),
        ("EPERM", Libc.EPERM),
        ("EINTR", Libc.EINTR),
        ("ENXIO", Libc.ENXIO),
        ("EACCES", Libc.EACCES),
        ("ENODEV", Libc.ENODEV),
        ("ENOTTY", Libc.ENOTTY),
        ("EOPNOTSUPP", Libc.EOPNOTSUPP),
        ("EAFNOSUPPORT", Libc.EAFNOSUPPORT),
        ("NLMSG_ERROR", NetlinkHeader.Error),
        ("NLMSG_DONE", NetlinkHeader.Done),
        ("RTM_NEWLINK", NetlinkHeader.NewLink),
        ("RTM_GETLINK", NetlinkHeader.GetLink),
        ("NLM_F_REQUEST", NetlinkHeader.Request),
        ("NLM_F_DUMP", NetlinkHeader.Dump),
        ("IFLA_IFNAME", (int)LinkAttribute.Name),
        ("IFLA_MTU", (int)LinkAttribute.Mtu),
        ("IFLA_LINKINFO", (int)LinkAttribute.Info),
        ("IFLA_GSO_MAX_SEGS", (int)LinkAttribute.GsoMaxSegments),
        ("IFLA_GSO_MAX_SIZE", (int)LinkAttribute.GsoMaxSize),
        ("IFLA_INFO_KIND", 1),
        ("ARPHRD_LOOPBACK", 772),
    ];

    [ToolFact("gcc")]
    public void Every_struct_lies_as_the_c_compiler_lays_it_out() => AssertSame(Layouts);

    [ToolFact("gcc")]
    public void Every_number_is_the_one_of_the_c_headers() => AssertSame(Numbers);

    private static (string C, int Ours) Size<T>(string name) => ($"sizeof({name})", Unsafe.SizeOf<T>());

    private static (string C, int Ours) Field<T>(string name, string field, string ours) =>
        ($"offsetof({name}, {field})", (int)Marshal.OffsetOf<T>(ours));

    private static void AssertSame((string C, int Ours)[] expected)
    {
        using var folder = new TempFolder();
        string source = Path.Combine(folder.Path, "layout.c"), program = Path.Combine(folder.Path, "layout");
        var text = new StringBuilder("""
            #include <errno.h>
            #include <stddef.h>
            #include <stdio.h>
            #include <sys/socket.h>
            #include <net/if_arp.h>
            #include <linux/ethtool.h>
            #include <linux/if.h>
            #include <linux/if_link.h>
            #include <linux/netlink.h>
            #include <linux/rtnetlink.h>
            #include <linux/sockios.h>
            int main(void) {

            """);
        foreach ((string c, _) in expected)
            text.Append(CultureInfo.InvariantCulture, $"    printf(\"%d\\n\", (int)({c}));\n");
        File.WriteAllText(source, text.Append("}\n").ToString());
        ProcessRun.Must("gcc", "-o", program, source);

        string[] theirs = ProcessRun.Must(program).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected.Select(each => $"{each.C} = {each.Ours}"), expected.Zip(theirs, (each, number) => $"{each.C} = {number}"));
    }
}
