using Xunit.Abstractions;
using Xunit.Sdk;

namespace Wiretrue.Testing.Leaks;

/// <summary>Watches the pools of packets while the tests of an assembly run, and looks at them when the last test has ended.</summary>
internal sealed class LeakCheckRunner(
    ITestAssembly testAssembly, IEnumerable<IXunitTestCase> testCases, IMessageSink diagnosticMessageSink, IMessageSink executionMessageSink,
    ITestFrameworkExecutionOptions executionOptions)
    : XunitTestAssemblyRunner(testAssembly, testCases, diagnosticMessageSink, executionMessageSink, executionOptions)
{
    private readonly PacketPoolWatch _watch = new();

    protected override async Task AfterTestAssemblyStartingAsync()
    {
        await base.AfterTestAssemblyStartingAsync();
        _watch.Install();
    }

    protected override async Task BeforeTestAssemblyFinishedAsync()
    {
        await base.BeforeTestAssemblyFinishedAsync();
        PacketPoolWatch.Uninstall();
        if (_watch.Report() is not { } leaks)
            return;
        Fail(new XunitTest(TestCases.First(), "Every packet that a test rents is given back"), $"Packets leaked. {leaks}");
    }

    /// <summary>
    /// Adds a result of a test that is not there, since only results come with their message to the console and into the report. It must
    /// be some test case's; whose packets they are, the message says.
    /// </summary>
    private void Fail(XunitTest test, string message)
    {
        IMessageSinkMessage[] life =
        [
            new TestCaseStarting(test.TestCase), new TestStarting(test), new TestFailed(test, 0, "", new XunitException(message)),
            new TestFinished(test, 0, ""), new TestCaseFinished(test.TestCase, 0, testsRun: 1, testsFailed: 1, testsSkipped: 0),
        ];
        foreach (IMessageSinkMessage step in life)
            ExecutionMessageSink.OnMessage(step);
    }
}
