using System.Buffers.Binary;
using static Wiretrue.Testing.Kernel.Bpf.BpfRegister;

namespace Wiretrue.Testing.Kernel.Bpf;

/// <summary>A program that puts bytes before a packet, and the value where it finds them.</summary>
/// <remarks>
/// <code>
///  0       8        12         16
///  +-------+--------+----------+---------------+
///  | flags | length | ifindex  | bytes ...     |   of this machine's byte order
///  +-------+--------+----------+---------------+
/// </code>
/// </remarks>
internal sealed class EncapsulationProgram : IDisposable
{
    /// <summary>The most that can be put before a packet, an EtherType included.</summary>
    public const int MostBytes = 256;

    private const int FlagsOffset = 0, LengthOffset = 8, DeviceOffset = 12, BytesOffset = 16;
    private const int EtherTypeLength = 2;

    // TC_ACT_SHOT and BPF_DROP are both 2.
    private const int Drop = 2;

    private readonly BpfObject _value = BpfObject.CreateValue(BytesOffset + MostBytes);
    private readonly byte[] _bytes = new byte[BytesOffset + MostBytes];
    private readonly BpfObject _program;

    private EncapsulationProgram(BpfProgramType type, Action<BpfAssembler> write)
    {
        var code = new BpfAssembler();
        FindValue(code);
        write(code);
        code.Fail(Drop);
        _program = BpfObject.Load(type, code);
    }

    /// <summary>
    /// For what an interface receives: an EtherType and headers behind the addresses of a frame, which then leaves by another interface.
    /// </summary>
    public static EncapsulationProgram ForIngress() => new(BpfProgramType.SchedulerClassifier, WriteIngress);

    /// <summary>For what a route sends: headers before an IP packet, the route of which is looked up anew.</summary>
    public static EncapsulationProgram ForRoute() => new(BpfProgramType.LightweightTunnelTransmit, WriteRoute);

    /// <summary>The program's file descriptor.</summary>
    public int Descriptor => _program.Descriptor;

    /// <summary>Has it run on what an interface receives; for as long as what is returned lives.</summary>
    public BpfObject AttachToIngress(string device) => _program.AttachToIngress(device);

    /// <summary>What it is to do with all packets from now on.</summary>
    /// <param name="bytes">What it puts before them.</param>
    /// <param name="flags">The flags of <c>bpf_skb_adjust_room</c>.</param>
    /// <param name="device">The interface (<c>ifindex</c>) by which the frame leaves.</param>
    public void Set(ReadOnlySpan<byte> bytes, ulong flags = 0, int device = 0)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(FlagsOffset), flags);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(LengthOffset), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(DeviceOffset), device);
        bytes.CopyTo(_bytes.AsSpan(BytesOffset));
        _value.Set(_bytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _program.Dispose();
        _value.Dispose();
    }

    // R6 = the packet, R7 = the value, R8 = the length, which the verifier has to see bounded.
    private void FindValue(BpfAssembler code)
    {
        code.FindValue(_value.Descriptor);
        code.Load(R8, R7, LengthOffset);
        code.FailIfMore(R8, MostBytes);
        code.FailIf(R8, 0);
    }

    private static void WriteIngress(BpfAssembler code)
    {
        const int BehindTheEthernetHeader = 1, EtherTypeAt = 12;

        // Room behind the Ethernet header; the kernel learns what will be there.
        code.Move(R1, R6);
        code.Move(R2, R8);
        code.Increase(R2, -EtherTypeLength);
        code.Move(R3, BehindTheEthernetHeader);
        code.LoadLong(R4, R7, FlagsOffset);
        code.Call(BpfHelperFunction.AdjustRoom);
        code.FailUnless(R0, 0);

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
    }

    private static void WriteRoute(BpfAssembler code)
    {
        // BPF_LWT_ENCAP_IP and BPF_LWT_REROUTE.
        const int EncapsulateInIP = 2, LookUpAnew = 128;

        code.Move(R1, R6);
        code.Move(R2, EncapsulateInIP);
        code.Move(R3, R7);
        code.Increase(R3, BytesOffset);
        code.Move(R4, R8);
        code.Call(BpfHelperFunction.PushEncapsulation);
        code.FailUnless(R0, 0);
        code.Move(R0, LookUpAnew);
        code.Exit();
    }
}
