using System.Buffers.Binary;
using System.Text;
using Wiretrue.Testing.Interop;

namespace Wiretrue.Testing.Kernel.Bpf;

/// <summary>A map, a program or an attachment in the kernel, which lives as long as its descriptor (<c>bpf(2)</c>).</summary>
internal sealed unsafe class BpfObject : IDisposable
{
    private const int MapCreate = 0, MapUpdateElement = 2, ProgramLoad = 5, LinkCreate = 28;
    private const int ArrayMap = 2;
    private const int AttributeLength = 72;
    private const int KeyLength = sizeof(int);
    private const int LogLength = 64 * 1024;

    private readonly int _valueLength;

    private BpfObject(int descriptor, int valueLength = 0)
    {
        Descriptor = descriptor;
        _valueLength = valueLength;
    }

    /// <summary>The file descriptor.</summary>
    public int Descriptor { get; }

    /// <summary>An array with one value, of <paramref name="valueLength"/> bytes.</summary>
    /// <param name="valueLength">Its length.</param>
    /// <param name="isMappable">It can be mapped into this process: then that is a whole number of pages.</param>
    public static BpfObject CreateValue(int valueLength, bool isMappable = false)
    {
        // BPF_F_MMAPABLE.
        const int Mappable = 1 << 10;
        Span<byte> attributes = stackalloc byte[AttributeLength];
        attributes.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(attributes, ArrayMap);
        BinaryPrimitives.WriteInt32LittleEndian(attributes[4..], KeyLength);
        BinaryPrimitives.WriteInt32LittleEndian(attributes[8..], valueLength);
        BinaryPrimitives.WriteInt32LittleEndian(attributes[12..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(attributes[16..], isMappable ? Mappable : 0);
        return new BpfObject(Must("BPF_MAP_CREATE", MapCreate, attributes), valueLength);
    }

    /// <summary>Loads a program; what the verifier has against it is in the exception.</summary>
    public static BpfObject Load(BpfProgramType type, BpfAssembler program)
    {
        byte[] code = program.ToArray();
        byte[] log = new byte[LogLength];
        Span<byte> attributes = stackalloc byte[AttributeLength];
        attributes.Clear();
        // The kernel reads as many instructions as the array has, a string that ends, and writes no more of a log than there is room for.
        fixed (byte* instructions = code, license = "Dual MIT/GPL\0"u8, room = log)
        {
            BinaryPrimitives.WriteInt32LittleEndian(attributes, (int)type);
            BinaryPrimitives.WriteInt32LittleEndian(attributes[4..], code.Length / BpfAssembler.InstructionLength);
            BinaryPrimitives.WriteInt64LittleEndian(attributes[8..], (nint)instructions);
            BinaryPrimitives.WriteInt64LittleEndian(attributes[16..], (nint)license);
            BinaryPrimitives.WriteInt32LittleEndian(attributes[24..], 1);
            BinaryPrimitives.WriteInt32LittleEndian(attributes[28..], LogLength);
            BinaryPrimitives.WriteInt64LittleEndian(attributes[32..], (nint)room);
            int descriptor = Call(ProgramLoad, attributes);
            if (descriptor >= 0)
                return new BpfObject(descriptor);
            IOException failed = Libc.Failed("BPF_PROG_LOAD");
            throw new IOException($"{failed.Message}\n{Encoding.ASCII.GetString(log.AsSpan(0, Math.Max(0, log.AsSpan().IndexOf((byte)0))))}");
        }
    }

    /// <summary>Runs this program on all that an interface receives, before everything else (<c>BPF_TCX_INGRESS</c>).</summary>
    public BpfObject AttachToIngress(string device)
    {
        const int TcxIngress = 46;
        Span<byte> attributes = stackalloc byte[AttributeLength];
        attributes.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(attributes, Descriptor);
        BinaryPrimitives.WriteInt32LittleEndian(attributes[4..], NetworkInterface.IndexOf(device));
        BinaryPrimitives.WriteInt32LittleEndian(attributes[8..], TcxIngress);
        return new BpfObject(Must("BPF_LINK_CREATE", LinkCreate, attributes));
    }

    /// <summary>Sets the value of this array; it must be as long as the array was made for.</summary>
    public void Set(ReadOnlySpan<byte> value)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(value.Length, _valueLength, nameof(value));
        int key = 0;
        Span<byte> attributes = stackalloc byte[AttributeLength];
        attributes.Clear();
        // The kernel reads a key of four bytes, and a value as long as the array was made for.
        fixed (byte* from = value)
        {
            BinaryPrimitives.WriteInt32LittleEndian(attributes, Descriptor);
            BinaryPrimitives.WriteInt64LittleEndian(attributes[8..], (nint)(&key));
            BinaryPrimitives.WriteInt64LittleEndian(attributes[16..], (nint)from);
            Must("BPF_MAP_UPDATE_ELEM", MapUpdateElement, attributes);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Libc.close(Descriptor);

    private static int Must(string name, int command, Span<byte> attributes)
    {
        int result = Call(command, attributes);
        return result >= 0 ? result : throw Libc.Failed(name);
    }

    private static int Call(int command, Span<byte> attributes)
    {
        fixed (byte* p = attributes)
            return (int)Libc.syscall(Libc.SYS_bpf, command, p, (nuint)attributes.Length);
    }
}
