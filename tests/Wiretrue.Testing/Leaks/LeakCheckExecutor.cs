using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Wiretrue.Testing.Leaks;

/// <summary>Runs the tests of an assembly in a <see cref="LeakCheckRunner"/>.</summary>
internal sealed class LeakCheckExecutor(AssemblyName name, ISourceInformationProvider sources, IMessageSink diagnostics)
    : XunitTestFrameworkExecutor(name, sources, diagnostics)
{
    // The base class's is async void as well: a test framework is told of the end by a message.
    protected override async void RunTestCases(
        IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
    {
        using var runner = new LeakCheckRunner(TestAssembly, testCases, DiagnosticMessageSink, executionMessageSink, executionOptions);
        await runner.RunAsync();
    }
}
