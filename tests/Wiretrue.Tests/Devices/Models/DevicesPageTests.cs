using Wiretrue.Devices;
using Wiretrue.Devices.Models;
using Wiretrue.Testing;

namespace Wiretrue.Tests.Devices.Models;

public sealed class DevicesPageTests
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("docs", "devices.md"));

    [Fact]
    public void The_page_names_every_model_in_order()
    {
        string models = Page.Split("## Models")[1];
        string[] named = [.. models.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])];
        Assert.Equal(DeviceModels.CreateAll().Select(device => device.Name), named);
    }

    [Fact]
    public void What_the_page_shows_is_what_the_example_prints()
    {
        NetDevice card = DeviceModels.Create("card")!;
        string printed = string.Concat(card.Switch(DeviceFeatures.ScatterGather, on: false).Select(change => $"{change}\n"));
        Assert.Contains($"```text\n{printed}```", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_device_would_need_is_asked_as_the_page_shows_and_answered_so()
    {
        string code = $"{Marked("ask").Replace("console.", "Console.", StringComparison.Ordinal)}\n{Marked("observer").TrimEnd()}";
        Assert.Contains($"```csharp\n{code}\n```\n\n```text\n{DeviceExamples.Ask()}```", Page, StringComparison.Ordinal);
    }

    /// <summary>The lines between two marks, set back to the margin.</summary>
    private static string Marked(string name)
    {
        string[] lines = File.ReadAllLines(RepositoryRoot.Combine("tests", "Wiretrue.Tests", "Devices", "Models", "DeviceExamples.cs"));
        int begin = Array.FindIndex(lines, line => line.TrimStart() == $"// begin: {name}");
        int margin = lines[begin].Length - lines[begin].TrimStart().Length;
        IEnumerable<string> marked = lines.Skip(begin + 1).TakeWhile(line => line.TrimStart() != "// end");
        return string.Join('\n', marked.Select(line => line.Length < margin ? line : line[margin..])).TrimEnd().Replace("private ", "", StringComparison.Ordinal) + "\n";
    }
}
