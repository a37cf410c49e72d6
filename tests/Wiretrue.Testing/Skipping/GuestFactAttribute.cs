using Wiretrue.Testing.Guest;
using Xunit;

namespace Wiretrue.Testing.Skipping;

/// <summary>A test that asks another kernel in an emulated machine; skipped, with the reason, where none can be started.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GuestFactAttribute : FactAttribute
{
    /// <summary>Probes for a namespace, a TAP and the guest.</summary>
    public GuestFactAttribute() => Skip = Probe.Namespace() ?? Probe.Tap() ?? GuestImage.Missing();
}
