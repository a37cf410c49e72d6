using Xunit.Sdk;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>Compares the frames that the kernel made of one with ours, byte for byte.</summary>
public static class FrameComparison
{
    /// <summary>Fails with the frame, the first byte that differs, and how the packet was made.</summary>
    public static void Same(List<byte[]>? kernel, List<byte[]>? ours, string description)
    {
        if (Difference(kernel, ours) is { } difference)
            throw new XunitException($"{difference}\n{description}");
    }

    /// <summary>The first difference in words, or null.</summary>
    public static string? Difference(List<byte[]>? kernel, List<byte[]>? ours)
    {
        if (kernel is null || ours is null)
            return kernel is null && ours is null ? null : $"refused by {(kernel is null ? "the kernel" : "us")} alone";
        if (kernel.Count != ours.Count)
            return $"the kernel makes {kernel.Count} frames, we make {ours.Count}";
        for (int i = 0; i < kernel.Count; i++)
        {
            if (kernel[i].AsSpan().SequenceEqual(ours[i]))
                continue;
            if (kernel[i].Length != ours[i].Length)
                return $"frame {i + 1} of {kernel.Count}: the kernel's has {kernel[i].Length} bytes, ours {ours[i].Length}";
            int at = kernel[i].AsSpan().CommonPrefixLength(ours[i]);
            return $"frame {i + 1} of {kernel.Count}, byte {at}: the kernel's {Convert.ToHexString(kernel[i].AsSpan(at)[..Math.Min(8, kernel[i].Length - at)])}, "
                + $"ours {Convert.ToHexString(ours[i].AsSpan(at)[..Math.Min(8, ours[i].Length - at)])}";
        }
        return null;
    }
}
