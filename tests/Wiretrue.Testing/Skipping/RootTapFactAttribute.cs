using Xunit;

namespace Wiretrue.Testing.Skipping;

/// <summary>
/// A test that asks the running kernel, through TAP devices in a network namespace of its own; skipped, with the reason, where it may not.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootTapFactAttribute : FactAttribute
{
    /// <summary>The test needs the shared captures as well.</summary>
    public bool Corpus { get; init; }

    /// <summary>The test needs to run programs of its own in the kernel as well.</summary>
    public bool Bpf { get; init; }

    /// <summary>The test needs to see what the kernel coalesces as well.</summary>
    public bool Gro { get; init; }

    /// <summary>The test needs this program as well.</summary>
    public string? Tool { get; init; }

    /// <inheritdoc/>
    public override string? Skip
    {
        get => base.Skip ?? Probe.Namespace() ?? Probe.Tap() ?? (Bpf ? Probe.Bpf() : null) ?? (Gro ? Probe.Gro() : null)
            ?? (Tool is null ? null : Probe.Tools(Tool)) ?? (Corpus ? Probe.Corpus() : null);
        set => base.Skip = value;
    }
}
