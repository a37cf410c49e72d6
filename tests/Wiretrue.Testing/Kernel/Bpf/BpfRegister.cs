namespace Wiretrue.Testing.Kernel.Bpf;

/// <summary>The registers of eBPF (RFC 9669 2.1).</summary>
internal enum BpfRegister : byte
{
    /// <summary>What a function returns, and the program itself.</summary>
    R0,

    /// <summary>A function's first argument; the context when the program begins.</summary>
    R1,

    /// <summary>The second argument.</summary>
    R2,

    /// <summary>The third argument.</summary>
    R3,

    /// <summary>The fourth argument.</summary>
    R4,

    /// <summary>The fifth argument; a call leaves nothing in it or in those before.</summary>
    R5,

    /// <summary>Kept across calls.</summary>
    R6,

    /// <summary>Kept across calls.</summary>
    R7,

    /// <summary>Kept across calls.</summary>
    R8,

    /// <summary>Kept across calls.</summary>
    R9,

    /// <summary>The end of 512 bytes of stack, which grow downwards; read-only.</summary>
    R10,
}
