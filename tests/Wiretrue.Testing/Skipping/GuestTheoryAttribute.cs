using Wiretrue.Testing.Guest;
using Xunit;

namespace Wiretrue.Testing.Skipping;

/// <summary>A theory that asks another kernel in an emulated machine; skipped, with the reason, where none can be started.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GuestTheoryAttribute : TheoryAttribute
{
    /// <summary>Probes for a namespace, a TAP and the guest.</summary>
    public GuestTheoryAttribute() => Skip = Probe.Namespace() ?? Probe.Tap() ?? GuestImage.Missing();
}
