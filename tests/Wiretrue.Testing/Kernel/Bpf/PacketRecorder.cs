using System.Buffers.Binary;
using Wiretrue.Testing.Interop;
using static Wiretrue.Testing.Kernel.Bpf.BpfRegister;

namespace Wiretrue.Testing.Kernel.Bpf;

/// <summary>
/// A program on what an interface receives, after coalescing, that copies the kernel's own notes of each packet (<c>struct sk_buff</c> and
/// <c>struct skb_shared_info</c>) into memory that this process sees: no header in front of a frame could say as much.
/// </summary>
/// <remarks>
/// <code>
///  0       4          64                                    576
///  +-------+----------+-----------+-------------------------+-------
///  | count | ifindex  | sk_buff   | skb_shared_info (at 448) | ...     a record of 512 bytes for each packet
///  +-------+----------+-----------+-------------------------+-------
/// </code>
/// </remarks>
internal sealed unsafe class PacketRecorder : IDisposable
{
    /// <summary>The most packets that can be recorded.</summary>
    public const int MostRecords = 128;

    private const int CountOffset = 0, DeviceOffset = 4, RecordsOffset = 64;
    private const int RecordBits = 9, RecordLength = 1 << RecordBits;
    private const int SharedInfoOffset = 448, SharedInfoLength = RecordLength - SharedInfoOffset;

    // TC_ACT_SHOT.
    private const int Drop = 2;

    private readonly BpfObject _value;
    private readonly BpfObject _program;
    private readonly BpfObject _link;
    private readonly int _length;
    private readonly nint _mapped;

    /// <summary>Records what <paramref name="device"/> receives, for as long as this lives.</summary>
    public PacketRecorder(string device)
    {
        int page = Environment.SystemPageSize;
        _length = (RecordsOffset + (MostRecords * RecordLength) + page - 1) / page * page;
        _value = BpfObject.CreateValue(_length, isMappable: true);
        _program = BpfObject.Load(BpfProgramType.SchedulerClassifier, Write());
        _mapped = Libc.mmap(0, (nuint)_length, Libc.PROT_READ | Libc.PROT_WRITE, Libc.MAP_SHARED, _value.Descriptor, 0);
        if (_mapped == -1)
            throw Libc.Failed("mmap");
        _link = _program.AttachToIngress(device);
    }

    /// <summary>How many packets came since <see cref="Restart"/>; those beyond <see cref="MostRecords"/> are not counted.</summary>
    public int Count => BinaryPrimitives.ReadInt32LittleEndian(Value[CountOffset..]);

    private Span<byte> Value => new((void*)_mapped, _length);

    /// <summary>Forgets all records.</summary>
    /// <param name="device">The interface (<c>ifindex</c>) by which packets leave from now on; 0 to have them dropped.</param>
    public void Restart(int device)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Value[DeviceOffset..], device);
        BinaryPrimitives.WriteInt32LittleEndian(Value[CountOffset..], 0);
    }

    /// <summary>The kernel's notes of a packet: <c>struct sk_buff</c>.</summary>
    public ReadOnlySpan<byte> PacketAt(int index) => RecordAt(index)[..KernelStructure.Packet.Length];

    /// <summary>The first bytes of its <c>struct skb_shared_info</c>.</summary>
    public ReadOnlySpan<byte> SharedInfoAt(int index) => RecordAt(index)[SharedInfoOffset..];

    /// <inheritdoc/>
    public void Dispose()
    {
        _link.Dispose();
        _program.Dispose();
        _ = Libc.munmap(_mapped, (nuint)_length);
        _value.Dispose();
    }

    private ReadOnlySpan<byte> RecordAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, MostRecords);
        return Value.Slice(RecordsOffset + (index * RecordLength), RecordLength);
    }

    // R6 = the packet, R7 = the value, R8 = the count, which the verifier has to see bounded, R9 = the record.
    private BpfAssembler Write()
    {
        KernelStructure packet = KernelStructure.Packet;
        if (packet.Length > SharedInfoOffset)
            throw new InvalidOperationException($"this kernel's {packet.Name} has {packet.Length} bytes");
        var code = new BpfAssembler();
        code.FindValue(_value.Descriptor);
        code.Load(R8, R7, CountOffset);
        code.FailIfMore(R8, MostRecords - 1);
        code.ShiftLeft(R8, RecordBits);
        code.Move(R9, R7);
        code.Increase(R9, RecordsOffset);
        code.Add(R9, R8);

        // The context of such a program is the packet itself; read as memory, none of its members is hidden.
        code.Move(R1, R9);
        code.Move(R2, packet.Length);
        code.Move(R3, R6);
        code.Call(BpfHelperFunction.ReadKernel);
        code.LoadLong(R3, R9, packet.OffsetOf("head"));
        code.Load(R1, R9, packet.OffsetOf("end"));
        code.Add(R3, R1);
        code.Move(R1, R9);
        code.Increase(R1, SharedInfoOffset);
        code.Move(R2, SharedInfoLength);
        code.Call(BpfHelperFunction.ReadKernel);

        code.Load(R8, R7, CountOffset);
        code.Increase(R8, 1);
        code.Store(R7, CountOffset, R8);
        code.Load(R1, R7, DeviceOffset);
        code.FailIf(R1, 0);
        code.Move(R2, 0);
        code.Call(BpfHelperFunction.Redirect);
        code.Exit();
        code.Fail(Drop);
        return code;
    }
}
