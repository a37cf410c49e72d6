using System.Runtime.Intrinsics;
using Wiretrue.Checksums;

namespace Wiretrue.Tests.Checksums;

public class Crc32CFoldingTests
{
    [Fact]
    public void The_multipliers_are_the_powers_of_x_that_they_stand_for()
    {
        Assert.Equal(Vector128.Create((ulong)Power(512 + 31), Power(512 - 33)), Crc32CFolding.FourLanes);
        Assert.Equal(Vector128.Create((ulong)Power(128 + 31), Power(128 - 33)), Crc32CFolding.OneLane);
    }

    /// <summary>x to the <paramref name="exponent"/> modulo the polynomial, its bits reflected: x^0 is the highest bit.</summary>
    private static uint Power(int exponent)
    {
        uint value = 0x8000_0000;
        for (int i = 0; i < exponent; i++)
            value = (value >> 1) ^ ((value & 1) * Crc32CReference.Polynomial);
        return value;
    }
}
