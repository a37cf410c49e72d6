using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Wiretrue.Testing.Leaks;

/// <summary>Runs tests as xunit does, and fails the run when one of them has not given back a packet.</summary>
/// <param name="messageSink">Where xunit wants to hear of its own troubles.</param>
public sealed class LeakCheckFramework(IMessageSink messageSink) : XunitTestFramework(messageSink)
{
    /// <inheritdoc/>
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new LeakCheckExecutor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);
}
