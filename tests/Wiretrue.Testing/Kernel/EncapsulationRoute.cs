using System.Buffers.Binary;
using Wiretrue.Testing.Kernel.Bpf;
using static Wiretrue.Testing.Kernel.Bpf.BpfRegister;

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

    // Where the value that the program reads has what.
    private const int FlagsOffset = 0, LengthOffset = 8, DeviceOffset = 12, BytesOffset = 16;

    private const int LongestHeaders = 254;
    private const int EtherTypeLength = 2;
    private const int ValueLength = BytesOffset + EtherTypeLength + LongestHeaders;

    // BPF_F_ADJ_ROOM_* (linux/bpf.h).
    private const ulong FixedGso = 1 << 0, OuterIPv4 = 1 << 1, OuterIPv6 = 1 << 2, Gre = 1 << 3, Udp = 1 << 4, InnerEthernet = 1 << 6;
    private const int InnerLinkShift = 56;

    private readonly TapPair _pair;
    private readonly BpfObject _value = BpfObject.CreateValue(ValueLength);
    private readonly BpfObject _program;
    private readonly BpfObject _link;
    private readonly byte[] _bytes = new byte[ValueLength];

    private EncapsulationRoute(TapPair pair)
    {
        _pair = pair;
        _program = BpfObject.Load(BpfProgramType.SchedulerClassifier, Program(_value.Descriptor));
        _link = _program.AttachToIngress(pair.From);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(DeviceOffset), NetworkInterface.IndexOf(pair.To));
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
        int length = EtherTypeLength + encapsulation.Headers.Length;
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(FlagsOffset), FlagsOf(encapsulation));
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(LengthOffset), length);
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(BytesOffset), encapsulation.EtherType);
        encapsulation.Headers.CopyTo(_bytes, BytesOffset + EtherTypeLength);
        _value.Set(_bytes);
        return _pair.Cut(header, frame);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _link.Dispose();
        _program.Dispose();
        _value.Dispose();
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

    private static BpfAssembler Program(int value)
    {
        const int Drop = 2, BehindTheEthernetHeader = 1, EtherTypeAt = 12;
        var code = new BpfAssembler();
        code.Move(R6, R1);
        // The value's number, 0, has to lie in memory.
        code.Store(R10, -4, 0);
        code.Move(R2, R10);
        code.Increase(R2, -4);
        code.LoadMap(R1, value);
        code.Call(BpfHelperFunction.MapLookupElement);
        code.FailIf(R0, 0);
        code.Move(R7, R0);

        // Room behind the Ethernet header; the kernel learns what will be there.
        code.Load(R8, R7, LengthOffset);
        code.FailIfMore(R8, EtherTypeLength + LongestHeaders);
        code.FailIf(R8, 0);
        code.Move(R1, R6);
        code.Move(R2, R8);
        code.Increase(R2, -EtherTypeLength);
        code.Move(R3, BehindTheEthernetHeader);
        code.LoadLong(R4, R7, FlagsOffset);
        code.Call(BpfHelperFunction.AdjustRoom);
        code.FailUnless(R0, 0);

        // The EtherType, and the headers after it.
        code.Move(R1, R6);
        code.Move(R2, EtherTypeAt);
        code.Move(R3, R7);
        code.Increase(R3, BytesOffset);
        code.Move(R4, R8);
        code.Move(R5, 0);
        code.Call(BpfHelperFunction.StoreBytes);
        code.FailUnless(R0, 0);

        code.Load(R1, R7, DeviceOffset);
        code.Move(R2, 0);
        code.Call(BpfHelperFunction.Redirect);
        code.Exit();
        code.Fail(Drop);
        return code;
    }
}
