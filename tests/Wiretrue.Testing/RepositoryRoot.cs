namespace Wiretrue.Testing;

/// <summary>Where the repository lies: the folder above the test's binaries that holds the solution.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder's full path.</summary>
    public static string Path { get; } = Find();

    /// <summary>The full path of a file or folder in the repository.</summary>
    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Wiretrue.slnx")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"no Wiretrue.slnx above {AppContext.BaseDirectory}");
    }
}
