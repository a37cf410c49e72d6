using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Wiretrue.Checksums;

/// <summary>CRC32c by carry-less multiplication (<c>pclmulqdq</c>), 64 bytes at a time in four lanes of 16, which don't wait for each other.</summary>
/// <remarks>
/// <para>
/// A lane of 128 bits that D bits follow may be replaced by any number that is the same modulo the polynomial P once those D bits are
/// shifted in, so it is <i>folded</i> onto the lane D bits later: each half is multiplied by a power of x modulo P, and both products are
/// added to that lane. At the end the last lane is 16 bytes whose CRC is that of everything, and the instruction does those.
/// </para>
/// <para>
/// With reflected bits a product of two 64-bit halves comes out one place low, and a 32-bit constant in a 64-bit half stands 32 places
/// high. The lower half has 64 places more to go than the upper one. So the powers are x^(D + 64 - 33) and x^(D - 33).
/// </para>
/// <code>
///   lane i    | low 64 | high 64 |             |  D bits later: lane i + 4  |
///                 └─ x^(D+31) ──┬── x^(D-33) ┘          ^
///                               └────────────── xor ────┘
/// </code>
/// The reference is <see cref="Crc32CReference"/>.
/// </remarks>
internal static class Crc32CFolding
{
    private const nuint Lane = 16;

    // Below this the single instruction is done before the lanes are gathered again.
    private const nuint ShortestLength = 256;

    /// <summary>Whether this processor has both instructions.</summary>
    public static bool IsSupported => Pclmulqdq.IsSupported && Sse42.X64.IsSupported;

    // x^543 and x^479 modulo P: D is four lanes.
    internal static Vector128<ulong> FourLanes => Vector128.Create(0x740EEF02UL, 0x9E4ADDF8UL);

    // x^159 and x^95 modulo P: D is one lane.
    internal static Vector128<ulong> OneLane => Vector128.Create(0xF20C0DFEUL, 0x493C7D27UL);

    /// <summary>The state, not inverted, after <paramref name="length"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Update(uint state, ref byte source, nuint length)
    {
        if (length < ShortestLength)
            return Crc32CInstruction.Update(state, ref source, length);

        // The state is added to the first four bytes, as if it had been in the message. Each load is of what is left of the length.
        Vector128<ulong> lane0 = Load(ref source, 0) ^ Vector128.CreateScalar((ulong)state);
        Vector128<ulong> lane1 = Load(ref source, Lane);
        Vector128<ulong> lane2 = Load(ref source, 2 * Lane);
        Vector128<ulong> lane3 = Load(ref source, 3 * Lane);
        nuint offset = 4 * Lane;
        for (; length - offset >= 4 * Lane; offset += 4 * Lane)
        {
            lane0 = Fold(lane0, FourLanes, Load(ref source, offset));
            lane1 = Fold(lane1, FourLanes, Load(ref source, offset + Lane));
            lane2 = Fold(lane2, FourLanes, Load(ref source, offset + (2 * Lane)));
            lane3 = Fold(lane3, FourLanes, Load(ref source, offset + (3 * Lane)));
        }

        Vector128<ulong> last = Fold(Fold(Fold(lane0, OneLane, lane1), OneLane, lane2), OneLane, lane3);
        ulong crc = Sse42.X64.Crc32(Sse42.X64.Crc32(0, last.ToScalar()), last.GetElement(1));
        return Crc32CInstruction.Update((uint)crc, ref Unsafe.AddByteOffset(ref source, offset), length - offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Fold(Vector128<ulong> lane, Vector128<ulong> powers, Vector128<ulong> later) =>
        Pclmulqdq.CarrylessMultiply(lane, powers, 0x00) ^ Pclmulqdq.CarrylessMultiply(lane, powers, 0x11) ^ later;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Load(ref byte source, nuint offset) => Vector128.LoadUnsafe(ref source, offset).AsUInt64();
}
