namespace Wiretrue.Headers;

/// <summary>What an Ethernet frame or VLAN tag carries (<c>ETH_P_*</c>, linux/if_ether.h), in host order.</summary>
public enum EtherType : ushort
{
    /// <summary>Values below are 802.3 lengths, not types (<c>ETH_P_802_3_MIN</c>).</summary>
    FirstType = 0x0600,

    /// <summary>IPv4 (<c>ETH_P_IP</c>).</summary>
    IPv4 = 0x0800,

    /// <summary>Address resolution (<c>ETH_P_ARP</c>).</summary>
    Arp = 0x0806,

    /// <summary>ERSPAN type III, as a GRE protocol (<c>ETH_P_ERSPAN2</c>).</summary>
    ErspanIII = 0x22EB,

    /// <summary>A whole Ethernet frame, as a GRE or Geneve protocol (<c>ETH_P_TEB</c>).</summary>
    TransparentEthernetBridging = 0x6558,

    /// <summary>802.1Q customer tag (<c>ETH_P_8021Q</c>).</summary>
    Vlan = 0x8100,

    /// <summary>IPv6 (<c>ETH_P_IPV6</c>).</summary>
    IPv6 = 0x86DD,

    /// <summary>MPLS, unicast (<c>ETH_P_MPLS_UC</c>).</summary>
    Mpls = 0x8847,

    /// <summary>MPLS, multicast (<c>ETH_P_MPLS_MC</c>).</summary>
    MplsMulticast = 0x8848,

    /// <summary>PPPoE session (<c>ETH_P_PPP_SES</c>).</summary>
    PppoeSession = 0x8864,

    /// <summary>802.1ad service tag (<c>ETH_P_8021AD</c>).</summary>
    ServiceVlan = 0x88A8,

    /// <summary>Network service header (<c>ETH_P_NSH</c>).</summary>
    Nsh = 0x894F,

    /// <summary>ERSPAN types I and II, as a GRE protocol (<c>ETH_P_ERSPAN</c>).</summary>
    Erspan = 0x88BE,

    /// <summary>QinQ before it was standardised (<c>ETH_P_QINQ1</c>).</summary>
    LegacyQinQ = 0x9100,
}
