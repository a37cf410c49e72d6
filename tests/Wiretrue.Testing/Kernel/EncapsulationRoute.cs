using Wiretrue.Testing.Kernel.Bpf;

namespace Wiretrue.Testing.Kernel;

/// <summary>
/// A TAP pair with a program on the way that wraps each frame in a tunnel, as the tunnels' drivers would: so the kernel's segmentation of
/// GRE, IPIP and the like is there to be asked on a kernel without those drivers.
/// </summary>
/// <remarks>
/// <code>
///   Cut ──write──► TAP a ──ingress: bpf_skb_adjust_room, bpf_skb_store_bytes, bpf_redirect──► TAP b ──read──► frames
/// </code>
/// </remarks>
public sealed class EncapsulationRoute : IDisposable
{
    /// <summary>What is no super-frame gets no room when it is longer (<c>BPF_SKB_MAX_LEN</c>, with some bytes to spare).</summary>
    public const int LongestSingleFrame = 15_000;

    // BPF_F_ADJ_ROOM_* (linux/bpf.h).
    private const ulong FixedGso = 1 << 0, OuterIPv4 = 1 << 1, OuterIPv6 = 1 << 2, Gre = 1 << 3, Udp = 1 << 4, InnerEthernet = 1 << 6;
    private const int InnerLinkShift = 56;

    private readonly TapPair _pair;
    private readonly EncapsulationProgram _program = EncapsulationProgram.ForIngress();
    private readonly BpfObject _link;
    private readonly int _device;

    private EncapsulationRoute(TapPair pair)
    {
        _pair = pair;
        _device = NetworkInterface.IndexOf(pair.To);
        _link = _program.AttachToIngress(pair.From);
    }

    /// <summary>Makes the two interfaces, and joins them with the program.</summary>
    public static EncapsulationRoute Create(string name)
    {
        var pair = TapPair.CreateApart(name);
        try
        {
            return new EncapsulationRoute(pair);
        }
        catch
        {
            pair.Dispose();
            throw;
        }
    }

    /// <summary>The frames that the kernel makes of one that it wraps first; null when it refuses the header; empty when it drops the frame.</summary>
    public List<byte[]>? Cut(in Encapsulation encapsulation, in VnetHeader header, ReadOnlySpan<byte> frame)
    {
        _program.Set(
            [(byte)(encapsulation.EtherType >> 8), (byte)encapsulation.EtherType, .. encapsulation.Headers], FlagsOf(encapsulation), _device);
        return _pair.Cut(header, frame);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _link.Dispose();
        _program.Dispose();
        _pair.Dispose();
    }

    private static ulong FlagsOf(in Encapsulation encapsulation)
    {
        ulong flags = FixedGso | (encapsulation.EtherType == 0x0800 ? OuterIPv4 : OuterIPv6);
        flags |= encapsulation.Kind switch
        {
            EncapsulationKind.Gre => Gre,
            EncapsulationKind.Udp => Udp,
            _ => 0,
        };
        if (encapsulation.InnerLinkLength != 0)
            flags |= InnerEthernet | ((ulong)encapsulation.InnerLinkLength << InnerLinkShift);
        return flags;
    }
}
