using Wiretrue.Testing.Kernel;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Oracle.Tests.Kernel;

public sealed class SuperFrameSourceTests
{
    // A comparison of what both sides refuse would compare nothing.
    [RootTapFact]
    public void The_kernel_takes_all_that_the_source_makes()
    {
        using var pair = TapPair.Create("source");
        var source = new SuperFrameSource(seed: 4);
        for (int i = 0; i < 3000; i++)
        {
            SuperFrame sent = (i % 3) switch
            {
                0 => source.Next(inTunnel: false),
                1 => source.Next(inTunnel: true),
                _ => source.NextPartial(),
            };
            Assert.True(pair.Cut(sent.Header, sent.Frame) is { Count: > 0 }, $"round {i}: {sent.Description}, {sent.Header}");
        }
    }

    [Fact]
    public void The_same_seed_makes_the_same_super_frames()
    {
        var first = new SuperFrameSource(seed: 5);
        var second = new SuperFrameSource(seed: 5);
        for (int i = 0; i < 20; i++)
        {
            SuperFrame a = first.Next(inTunnel: i % 2 == 0);
            SuperFrame b = second.Next(inTunnel: i % 2 == 0);
            Assert.Equal(a.Header, b.Header);
            Assert.Equal(a.Frame, b.Frame);
        }
    }
}
