using System.Buffers.Binary;

namespace Wiretrue.Testing.Kernel.Bpf;

/// <summary>Writes eBPF instructions (RFC 9669), so that no compiler is needed to run a small program in the kernel.</summary>
/// <remarks>
/// <code>
///  0        1           2        4           8
///  +--------+-----+-----+--------+-----------+
///  | opcode | src | dst | offset | immediate |   the registers are 4 bits each; little-endian
///  +--------+-----+-----+--------+-----------+
/// </code>
/// </remarks>
internal sealed class BpfAssembler
{
    /// <summary>Bytes of an instruction.</summary>
    public const int InstructionLength = 8;

    private const byte LoadImmediate64 = 0x18;
    private const byte LoadWord = 0x61;
    private const byte LoadDoubleWord = 0x79;
    private const byte StoreWordImmediate = 0x62;
    private const byte StoreWord = 0x63;
    private const byte AddImmediate = 0x07;
    private const byte AddRegister = 0x0F;
    private const byte ShiftLeftImmediate = 0x67;
    private const byte MoveImmediate = 0xB7;
    private const byte MoveRegister = 0xBF;
    private const byte JumpIfEqual = 0x15;
    private const byte JumpIfNotEqual = 0x55;
    private const byte JumpIfGreater = 0x25;
    private const byte CallFunction = 0x85;
    private const byte ExitProgram = 0x95;

    // BPF_PSEUDO_MAP_FD: the immediate is a map's descriptor, and the kernel puts its address there.
    private const byte MapDescriptor = 1;

    private readonly List<byte> _code = [];
    private readonly List<int> _failures = [];

    /// <summary><paramref name="destination"/> = <paramref name="source"/>.</summary>
    public void Move(BpfRegister destination, BpfRegister source) => Add(MoveRegister, destination, source, 0, 0);

    /// <summary><paramref name="destination"/> = <paramref name="value"/>.</summary>
    public void Move(BpfRegister destination, int value) => Add(MoveImmediate, destination, 0, 0, value);

    /// <summary><paramref name="destination"/> += <paramref name="value"/>.</summary>
    public void Increase(BpfRegister destination, int value) => Add(AddImmediate, destination, 0, 0, value);

    /// <summary><paramref name="destination"/> += <paramref name="source"/>.</summary>
    public void Add(BpfRegister destination, BpfRegister source) => Add(AddRegister, destination, source, 0, 0);

    /// <summary><paramref name="destination"/> &lt;&lt;= <paramref name="bits"/>.</summary>
    public void ShiftLeft(BpfRegister destination, int bits) => Add(ShiftLeftImmediate, destination, 0, 0, bits);

    /// <summary><paramref name="destination"/> = the 32 bits at <paramref name="source"/> + <paramref name="offset"/>.</summary>
    public void Load(BpfRegister destination, BpfRegister source, short offset) => Add(LoadWord, destination, source, offset, 0);

    /// <summary><paramref name="destination"/> = the 64 bits at <paramref name="source"/> + <paramref name="offset"/>.</summary>
    public void LoadLong(BpfRegister destination, BpfRegister source, short offset) => Add(LoadDoubleWord, destination, source, offset, 0);

    /// <summary>Stores 32 bits at <paramref name="destination"/> + <paramref name="offset"/>.</summary>
    public void Store(BpfRegister destination, short offset, int value) => Add(StoreWordImmediate, destination, 0, offset, value);

    /// <summary>Stores the lower 32 bits of <paramref name="source"/> at <paramref name="destination"/> + <paramref name="offset"/>.</summary>
    public void Store(BpfRegister destination, short offset, BpfRegister source) => Add(StoreWord, destination, source, offset, 0);

    /// <summary>
    /// The beginning of a program with an array of one value: R6 = the packet, R7 = the value's address; without one, <see cref="Fail"/>.
    /// </summary>
    public void FindValue(int map)
    {
        Move(BpfRegister.R6, BpfRegister.R1);
        // The value's number, 0, has to lie in memory.
        Store(BpfRegister.R10, -4, 0);
        Move(BpfRegister.R2, BpfRegister.R10);
        Increase(BpfRegister.R2, -4);
        LoadMap(BpfRegister.R1, map);
        Call(BpfHelperFunction.MapLookupElement);
        FailIf(BpfRegister.R0, 0);
        Move(BpfRegister.R7, BpfRegister.R0);
    }

    /// <summary><paramref name="destination"/> = the map's address; two instructions long.</summary>
    public void LoadMap(BpfRegister destination, int map)
    {
        Add(LoadImmediate64, destination, (BpfRegister)MapDescriptor, 0, map);
        Add(0, 0, 0, 0, 0);
    }

    /// <summary>Calls a function of the kernel: R0 = f(R1 .. R5).</summary>
    public void Call(BpfHelperFunction function) => Add(CallFunction, 0, 0, 0, (int)function);

    /// <summary>Goes to <see cref="Fail"/> when <paramref name="register"/> is <paramref name="value"/>.</summary>
    public void FailIf(BpfRegister register, int value) => AddFailure(JumpIfEqual, register, value);

    /// <summary>Goes to <see cref="Fail"/> when <paramref name="register"/> is not <paramref name="value"/>.</summary>
    public void FailUnless(BpfRegister register, int value) => AddFailure(JumpIfNotEqual, register, value);

    /// <summary>Goes to <see cref="Fail"/> when <paramref name="register"/>, unsigned, is more than <paramref name="value"/>.</summary>
    public void FailIfMore(BpfRegister register, int value) => AddFailure(JumpIfGreater, register, value);

    /// <summary>Ends the program, with what is in R0.</summary>
    public void Exit() => Add(ExitProgram, 0, 0, 0, 0);

    /// <summary>Where all conditions go: ends the program with <paramref name="result"/>.</summary>
    public void Fail(int result)
    {
        int here = _code.Count / InstructionLength;
        Span<byte> code = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_code);
        foreach (int jump in _failures)
            BinaryPrimitives.WriteInt16LittleEndian(code[((jump * InstructionLength) + 2)..], (short)(here - jump - 1));
        _failures.Clear();
        Move(BpfRegister.R0, result);
        Exit();
    }

    /// <summary>The program so far.</summary>
    public byte[] ToArray() => [.. _code];

    private void AddFailure(byte opcode, BpfRegister register, int value)
    {
        _failures.Add(_code.Count / InstructionLength);
        Add(opcode, register, 0, 0, value);
    }

    private void Add(byte opcode, BpfRegister destination, BpfRegister source, short offset, int immediate)
    {
        Span<byte> instruction = stackalloc byte[InstructionLength];
        instruction[0] = opcode;
        instruction[1] = (byte)((byte)destination | ((byte)source << 4));
        BinaryPrimitives.WriteInt16LittleEndian(instruction[2..], offset);
        BinaryPrimitives.WriteInt32LittleEndian(instruction[4..], immediate);
        _code.AddRange(instruction);
    }
}
