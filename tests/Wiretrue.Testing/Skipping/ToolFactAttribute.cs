using Xunit;

namespace Wiretrue.Testing.Skipping;

/// <summary>A test that needs other programs (tshark, tcpreplay, …); skipped, with the reason, where one is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute(params string[] tools) : FactAttribute
{
    /// <summary>The programs.</summary>
    public IReadOnlyList<string> Tools => tools;

    /// <summary>The test needs the shared captures as well.</summary>
    public bool Corpus { get; init; }

    /// <summary>The test makes interfaces, so it needs root and a network namespace of its own as well.</summary>
    public bool Namespace { get; init; }

    /// <inheritdoc/>
    public override string? Skip
    {
        get => base.Skip ?? Probe.Tools(tools) ?? (Corpus ? Probe.Corpus() : null) ?? (Namespace ? Probe.Namespace() : null);
        set => base.Skip = value;
    }
}
