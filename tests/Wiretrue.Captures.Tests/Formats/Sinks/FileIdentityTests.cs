using Wiretrue.Captures.Formats.Sinks;
using Wiretrue.Testing;

namespace Wiretrue.Captures.Tests.Formats.Sinks;

public sealed class FileIdentityTests
{
    [Fact]
    public void Two_names_of_one_file_are_one_identity_and_two_files_are_two()
    {
        using TempFolder folder = new();
        string one = folder.Write("one", "x"u8);
        string two = folder.Write("two", "x"u8);
        ProcessRun.Must("ln", one, folder["hard"]);
        ProcessRun.Must("ln", "-s", one, folder["soft"]);
        Assert.Equal(FileIdentity.Of(one), FileIdentity.Of(folder["hard"]));
        Assert.Equal(FileIdentity.Of(one), FileIdentity.Of(folder["soft"]));
        Assert.NotEqual(FileIdentity.Of(one), FileIdentity.Of(two));
    }

    [Fact]
    public void What_a_name_leads_to_is_told()
    {
        using TempFolder folder = new();
        Assert.True(FileIdentity.Of(folder.Write("file", []))!.Value.IsRegular);
        Assert.True(FileIdentity.Of(folder.Path)!.Value.IsDirectory);
        FileIdentity device = FileIdentity.Of("/dev/null")!.Value;
        Assert.Equal((false, false), (device.IsRegular, device.IsDirectory));
        Assert.Null(FileIdentity.Of(folder["absent"]));
    }
}
