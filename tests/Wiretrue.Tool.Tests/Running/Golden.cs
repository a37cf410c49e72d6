using Wiretrue.Testing;

namespace Wiretrue.Tool.Tests.Running;

/// <summary>Text that is expected to stay as it is. WIRETRUE_ACCEPT=1 writes the files anew.</summary>
internal static class Golden
{
    public static void Matches(string name, string text)
    {
        string path = RepositoryRoot.Combine("tests", "Wiretrue.Tool.Tests", "Expected", name);
        if (Environment.GetEnvironmentVariable("WIRETRUE_ACCEPT") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path), $"{path} is missing; WIRETRUE_ACCEPT=1 writes it");
        Assert.Equal(File.ReadAllText(path), text);
    }
}
