namespace Wiretrue.Testing.Kernel.Bpf;

/// <summary>The functions that the kernel offers a program, by their numbers (<c>BPF_FUNC_*</c>, linux/bpf.h).</summary>
internal enum BpfHelperFunction
{
    /// <summary><c>bpf_map_lookup_elem(map, key)</c>: the value's address, or null.</summary>
    MapLookupElement = 1,

    /// <summary><c>bpf_skb_store_bytes(skb, offset, from, length, flags)</c>.</summary>
    StoreBytes = 9,

    /// <summary><c>bpf_skb_set_tunnel_key(skb, key, size, flags)</c>: what a tunnel device that has no settings of its own goes by.</summary>
    SetTunnelKey = 21,

    /// <summary><c>bpf_redirect(ifindex, flags)</c>: what the program returns to have it happen.</summary>
    Redirect = 23,

    /// <summary><c>bpf_skb_adjust_room(skb, length, mode, flags)</c>: makes room behind the Ethernet header.</summary>
    AdjustRoom = 50,

    /// <summary><c>bpf_lwt_push_encap(skb, type, header, length)</c>: puts a header before an IP packet.</summary>
    PushEncapsulation = 73,

    /// <summary><c>bpf_probe_read_kernel(to, length, from)</c>: copies whatever memory of the kernel's.</summary>
    ReadKernel = 113,
}
