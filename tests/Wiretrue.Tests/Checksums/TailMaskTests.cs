using System.Runtime.CompilerServices;
using Wiretrue.Checksums;

namespace Wiretrue.Tests.Checksums;

public class TailMaskTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    public void A_mask_keeps_as_many_bytes_at_the_end_as_are_not_summed_yet(int width)
    {
        for (int rest = 0; rest <= width; rest++)
            AssertKeeps(rest, Mask(width, width, rest));
    }

    // Two vectors may be left: the first of the last two keeps what is left beyond one vector.
    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    public void Two_masks_in_a_row_keep_what_is_left_between_them(int width)
    {
        for (int rest = 0; rest <= 2 * width; rest++)
        {
            AssertKeeps(Math.Max(0, rest - width), Mask(width, 2 * width, rest));
            AssertKeeps(Math.Min(width, rest), Mask(width, width, rest));
        }
    }

    private static byte[] Mask(int width, int before, int rest)
    {
        var mask = new byte[width];
        ref byte start = ref TailMask.For((nuint)before, (nuint)rest);
        for (int i = 0; i < width; i++)
            mask[i] = Unsafe.Add(ref start, i);
        return mask;
    }

    private static void AssertKeeps(int count, byte[] mask)
    {
        Assert.True(mask.AsSpan(mask.Length - count).IndexOfAnyExcept((byte)0xFF) < 0);
        Assert.True(mask.AsSpan(0, mask.Length - count).IndexOfAnyExcept((byte)0) < 0);
    }
}
