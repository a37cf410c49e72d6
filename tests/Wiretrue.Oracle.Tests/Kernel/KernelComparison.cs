using Wiretrue.Devices;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Wiretrue.Oracle.Tests.Kernel;

/// <summary>A run of comparisons with the kernel, which are counted: what is refused on both sides compares nothing, and fails.</summary>
/// <param name="what">What is sent, for the report.</param>
internal sealed class KernelComparison(string what)
{
    private int _sent;
    private long _frames;

    /// <summary>Fails unless both made the same frames of <paramref name="sent"/>.</summary>
    public void Same(List<byte[]>? kernel, List<byte[]>? ours, DropReason reason, Func<string> sent)
    {
        if (kernel is not { Count: > 0 })
            throw new XunitException($"{what}, {_sent}: {(kernel is null ? "refused" : "dropped")} by the kernel\n{sent()}");
        if (FrameComparison.Difference(kernel, ours) is { } difference)
            throw new XunitException($"{what}, {_sent}, reason {reason}: {difference}\n{sent()}");
        _sent++;
        _frames += kernel.Count;
    }

    /// <summary>Says how much was compared.</summary>
    public void Report(ITestOutputHelper output) =>
        output.WriteLine($"{what}: {_sent} sent, {_frames} frames came out, 0 differences");
}
