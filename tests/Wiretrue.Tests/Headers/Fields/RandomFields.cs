namespace Wiretrue.Tests.Headers.Fields;

/// <summary>Random numbers of the widths that headers have.</summary>
internal static class RandomFields
{
    public static byte U8(this Random random) => (byte)random.Next(256);

    public static ushort U16(this Random random) => (ushort)random.Next(65536);

    public static int Bits(this Random random, int width) => random.Next(1 << width);

    public static uint U32(this Random random) => (uint)random.NextInt64(1L << 32);

    public static ulong U48(this Random random) => (ulong)random.NextInt64(1L << 48);

    public static UInt128 U128(this Random random) => new((ulong)random.NextInt64(), (ulong)random.NextInt64());

    public static bool Bit(this Random random) => random.Next(2) == 1;
}
