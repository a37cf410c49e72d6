using Wiretrue.Testing;
using Wiretrue.Tool.Tests.Running;

namespace Wiretrue.Tool.Tests.Samples;

/// <summary>The sample in C#, run as its own process.</summary>
public sealed class HalfMadeTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "HalfMade");

    [Fact]
    public void It_says_what_it_did_and_repairs_as_the_command_does()
    {
        using var folder = new TempFolder();
        string repaired = Path.Combine(folder.Path, "sample.pcap"), expected = Path.Combine(folder.Path, "command.pcap");
        ProcessRun run = ProcessRun.Run(Program, BuiltCommand.Sample("tcp4.pcap"), repaired);
        Answer.IsSuccess(run);
        Golden.Matches("sample-half-made.txt", run.Text);

        Answer.IsSuccess(BuiltCommand.Run("fix", BuiltCommand.Sample("tcp4.pcap"), "-w", expected));
        Assert.Equal(File.ReadAllBytes(expected), File.ReadAllBytes(repaired));
    }

    [Fact]
    public void It_leaves_nothing_behind_for_a_capture_that_is_none()
    {
        using var folder = new TempFolder();
        ProcessRun run = ProcessRun.Run(Program, RepositoryRoot.Combine("README.md"), Path.Combine(folder.Path, "sample.pcap"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no capture", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void It_sees_no_more_of_the_library_than_others_do()
    {
        string[] projects = Directory.GetFiles(RepositoryRoot.Combine("src"), "*.csproj", SearchOption.AllDirectories);
        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.DoesNotContain("\"HalfMade\"", File.ReadAllText(project), StringComparison.Ordinal));
    }
}
