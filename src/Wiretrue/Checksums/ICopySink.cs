using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Wiretrue.Checksums;

/// <summary>
/// What a summing loop does with the bytes that it has just loaded: nothing, or store them elsewhere. One loop body per instruction
/// set then serves both the sum and copy-and-sum; the JIT compiles each to code of its own, with the unused stores gone.
/// </summary>
internal interface ICopySink
{
    static abstract void Store<T>(ref byte destination, nuint offset, T value) where T : unmanaged;
}

/// <summary>The sink of a plain sum.</summary>
internal readonly struct NoCopy : ICopySink
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(ref byte destination, nuint offset, T value) where T : unmanaged
    {
    }
}

/// <summary>The sink of copy-and-sum. The loop's own bound keeps <c>offset + sizeof(T)</c> within the destination.</summary>
internal readonly struct CopyTo : ICopySink
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(ref byte destination, nuint offset, T value) where T : unmanaged =>
        Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref destination, offset), value);
}
