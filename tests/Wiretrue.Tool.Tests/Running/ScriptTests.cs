using Wiretrue.Testing;

namespace Wiretrue.Tool.Tests.Running;

/// <summary>The scripts at the root.</summary>
public sealed class ScriptTests
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(5);

    [Fact]
    public void The_command_runs_from_any_folder_and_through_a_link()
    {
        using var folder = new TempFolder();
        ProcessRun run = ProcessRun.Run(
            "bash", ["-c", "cd $0 && ln -s $1 w && ./w --version", folder.Path, RepositoryRoot.Combine("wiretrue")], input: null, BuildLimit);
        Answer.IsSuccess(run);
        Assert.Matches(@"^wiretrue \d+\.\d+\.\d+\n$", run.Text);
    }

    [Fact]
    public void A_closed_standard_input_is_an_empty_one_and_not_waited_on()
    {
        ProcessRun run = ProcessRun.Run(
            "bash", ["-c", "timeout 240 $0 inspect - <&-", RepositoryRoot.Combine("wiretrue")], input: null, BuildLimit);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the file is empty", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_step_of_the_tests_is_a_mistake()
    {
        ProcessRun run = ProcessRun.Run(RepositoryRoot.Combine("test"), "no-such-step");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("usage: ./test", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wiretrue")]
    [InlineData("test")]
    [InlineData(".ci/run")]
    [InlineData("bench/compare")]
    [InlineData("samples/record")]
    public void Scripts_are_well_formed_and_can_be_run(string name) =>
        Answer.IsSuccess(ProcessRun.Run("bash", "-c", "test -x $0 && bash -n $0", RepositoryRoot.Combine(name)));
}
