using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Wiretrue.Testing.Skipping;

namespace Wiretrue.Tests.Checksums;

[Trait("Isa", "true")]
public class HardwareAccelerationTests
{
    // A switch that the runtime doesn't know, or no longer knows, is ignored silently: the tests would then run one path four times.
    [ExpectedIsaFact]
    public void The_switch_that_was_set_gives_the_vectors_that_were_asked_for()
    {
        // Some Intel processors slow down when they use 512 bits; the runtime then holds those vectors back, and supports the instructions
        // all the same. What it supports is what the switches are about, so a renamed one is found there too.
        bool heldBack = Avx512F.IsSupported && !Vector512.IsHardwareAccelerated;
        (bool, bool, bool, bool) expected = ExpectedIsaFactAttribute.Expected switch
        {
            "512" => (true, true, !heldBack, true),
            "256" => (true, true, false, false),
            "128" => (true, false, false, false),
            "none" => (false, false, false, false),
            var other => throw new InvalidOperationException($"WIRETRUE_EXPECT_ISA is '{other}'; it may be 512, 256, 128 or none"),
        };
        Assert.Equal(
            expected,
            (Vector128.IsHardwareAccelerated, Vector256.IsHardwareAccelerated, Vector512.IsHardwareAccelerated, Avx512F.IsSupported));
    }
}
