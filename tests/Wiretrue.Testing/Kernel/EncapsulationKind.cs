namespace Wiretrue.Testing.Kernel;

/// <summary>What <c>bpf_skb_adjust_room</c> can be told about the headers that it makes room for.</summary>
public enum EncapsulationKind
{
    /// <summary>An IP header alone.</summary>
    IP,

    /// <summary>IP and GRE.</summary>
    Gre,

    /// <summary>IP, UDP, and perhaps a tunnel header.</summary>
    Udp,
}
